package smew.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param shadow what another release says of the same entities; empty where none was asked
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
            long latencyNanos,
            Optional<Shadowed> shadow) {
        public Predicted {
            if (rows.length != predictions.size()) {
                throw new IllegalArgumentException(rows.length + " rows, " + predictions.size() + " predictions");
            }
        }

        /** The same beside what another release says. */
        public Predicted beside(Shadowed other) {
            return new Predicted(
                    time,
                    requestId,
                    release,
                    backend,
                    card,
                    table,
                    rows,
                    predictions,
                    latencyNanos,
                    Optional.of(other));
        }
    }

    /**
     * What another release says of the same entities, and nobody was told.
     *
     * @param predictions one per row, empty where that release cannot say anything of it
     * @param differences one per row, as {@link Difference#between} has them; NaN where there is no prediction
     */
    record Shadowed(String release, List<Optional<Prediction>> predictions, double[] differences) {
        public Shadowed {
            predictions = List.copyOf(predictions);
            if (predictions.size() != differences.length) {
                throw new IllegalArgumentException(
                        predictions.size() + " predictions, " + differences.length + " differences");
            }
        }
    }
}
