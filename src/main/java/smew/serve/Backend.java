package smew.serve;

import java.util.List;
import java.util.concurrent.CompletionStage;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;

/** Computes predictions somewhere else than in this process. Safe for any number of threads. */
public interface Backend {

    /** What answers call it, such as {@code sagemaker:churn}. */
    String name();

    /**
     * Asks for the predictions of rows, one for each, in the order given. Never blocks: what waits holds no thread.
     *
     * @param card whose inputs are columns of the table
     * @param rows row numbers of the table, at least one
     * @return fails with a {@link SmewException} whose message is for clients: it names no account, host or path
     */
    CompletionStage<List<Prediction>> predict(Card card, Table table, int[] rows);

    /** All that can be found out about a failure of this backend, for whoever runs the server. May block for a while. */
    SmewException explained(Throwable failed);
}
