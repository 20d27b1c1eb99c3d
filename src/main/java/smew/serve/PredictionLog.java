package smew.serve;

import java.time.Instant;
import java.util.List;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;

/** Hears of every prediction by id that was answered. Called on threads that answer requests: it never blocks and never throws. */
@FunctionalInterface
public interface PredictionLog {

    /** Takes note of what one request was told by one model. */
    void predicted(Predicted predicted);

    /**
     * Predictions of one model for one request.
     *
     * @param backend what computed them, such as {@code local}
     * @param rows numbers of rows of the table, one per prediction
     * @param latencyNanos from when the request was read to when they were computed
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
