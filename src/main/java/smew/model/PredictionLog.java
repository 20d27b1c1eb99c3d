package smew.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import smew.columns.Table;

/** Hears of every prediction by id that was answered. Called on threads that answer requests: it never blocks and never throws. */
@FunctionalInterface
public interface PredictionLog {

    /** Takes note of what one request was told by one model. */
    void predicted(Predicted predicted);

    /** Predictions that are kept. */
    default long written() {
        return 0;
    }

    /** Predictions that wait to be kept. */
    default long waiting() {
        return 0;
    }

    /** Predictions that are lost, by reason. */
    default Map<String, Long> dropped() {
        return Map.of();
    }

    /** How far the newest predictions are from what models were learned from. */
    default List<Drift> drift() {
        return List.of();
    }

    /**
     * How far one feature has drifted.
     *
     * @param psi the population stability index: 0 for not at all
     */
    record Drift(String model, String feature, double psi) {}

    /**
     * Predictions of one model for one request. The table is shared, not copied.
     *
     * @param backend what computed them, such as {@code local}
     * @param table has the key columns and inputs that the card names
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
            long latencyNanos) {
        public Predicted {
            if (rows.length != predictions.size()) {
                throw new IllegalArgumentException(rows.length + " rows, " + predictions.size() + " predictions");
            }
        }
    }
}
