package smew.serve;

import java.time.Instant;
import java.util.List;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;

/** Hears of every prediction that was answered. Called on threads that answer requests: it never blocks and never throws. */
public interface PredictionLog {
    void predicted(Predicted predicted);

    /**
     * One answered request's predictions of one model.
     *
     * @param rows numbers of rows of the table, one per prediction
     */
    record Predicted(
            Instant time,
            String requestId,
            String release,
            String backend,
            Card card,
            Table table,
            int[] rows,
            List<Prediction> predictions,
            long latencyNanos) {}
}
