package smew.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.ScoredRows;

/**
 * Predictions by id as an Arrow stream: the key columns, {@code prediction}, {@code probability}, {@code probability_CLASS}, the event
 * time and the inputs of the model. What is the same for all of them is metadata of the schema: model, release, backend, and the
 * unknown ids as JSON.
 */
final class PredictionColumns {

    private PredictionColumns() {}

    /**
     * Scores and answers them.
     *
     * @param rows numbers in the rows that the model has at hand
     * @param unknown ids in JSON, separated by commas
     * @throws SmewException NOT_ACCEPTABLE for explanations, and where another backend answers, which has no columns for them
     */
    static Answered answer(Call call, ServedModel model, int[] rows, byte[] unknown, Explaining explaining) {
        if (explaining.wanted() || model.remote() != null) {
            throw new SmewException(
                    Fault.NOT_ACCEPTABLE,
                    (explaining.wanted() ? "Explanations are" : "What the backend of this server predicts is")
                            + " written as JSON only. Ask with Accept: application/json.");
        }
        ScoredRows scored = model.predict(rows);
        call.predicted(model, rows, scored, ServedModel.LOCAL_NAME);
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("model", model.card().name());
        metadata.put("release", call.snapshot().release());
        metadata.put("backend", ServedModel.LOCAL_NAME);
        metadata.put("unknown", "[" + new String(unknown, StandardCharsets.UTF_8) + "]");
        Table key = new Table(model.key(), model.values().rows());
        Table shown = new Table(
                model.shown().stream()
                        .filter(column -> !key.names().contains(column.name()))
                        .toList(),
                model.values().rows());
        return new Answered.InPieces(Answer.ARROW_STREAM, new ArrowPieces(rows.length, metadata, (from, to) -> {
            int[] picked = IntStream.range(from, to).map(i -> rows[i]).toArray();
            List<Column> columns = new ArrayList<>(key.pick(picked).columns());
            columns.addAll(scored.columns(from, to).columns());
            columns.addAll(shown.pick(picked).columns());
            return new Table(columns, picked.length);
        }));
    }
}
