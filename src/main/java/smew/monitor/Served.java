package smew.monitor;

import java.time.Instant;
import java.util.List;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;

/**
 * Predictions of one model that answered one request. The table is shared, not copied, until the log has written them.
 *
 * @param backend what computed them, such as {@code local}
 * @param table has the key columns and the inputs that the card names; one that it lacks is logged as null
 * @param rows numbers of rows of the table, one per prediction
 */
public record Served(
        Instant time,
        String requestId,
        String release,
        String backend,
        Card card,
        Table table,
        int[] rows,
        List<Prediction> predictions,
        long latencyNanos) {
    public Served {
        if (rows.length != predictions.size()) {
            throw new IllegalArgumentException(rows.length + " rows, " + predictions.size() + " predictions");
        }
    }
}
