package smew.serve;

import java.util.List;
import java.util.concurrent.CompletionStage;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/** Answers queries of strangers over the warehouse, shut in and within limits. Safe for any number of threads. */
public interface SqlBox extends AutoCloseable {

    /** How an answer is written. */
    enum Format {
        JSON,
        CSV,
        ARROW,
        PARQUET
    }

    /**
     * One query.
     *
     * @param parameters for its question marks
     * @param rows how many are wanted; the box has a limit of its own
     */
    record Question(String sql, List<JsonNode> parameters, int rows, Format format) {
        public Question {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What came out, in the format that was asked for.
     *
     * @param release whose warehouse it was
     * @param truncated whether there were more rows
     */
    record Result(String release, boolean truncated, byte[] body) {}

    /**
     * Answers without blocking the thread that asks. It fails with a {@link SmewException}: USAGE for what is no harmless query, has an
     * error, or needs more time or memory than it may; TOO_LARGE for an answer that is; OVERLOAD where too many ask at once; NOT_FOUND
     * where there is no warehouse. No message names a file.
     */
    CompletionStage<Result> ask(Question question);

    /** Ends what is under way. */
    @Override
    void close();
}
