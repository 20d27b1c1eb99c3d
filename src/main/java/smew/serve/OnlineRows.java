package smew.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;
import smew.online.OnlineTable;

/** Writes rows of an online table: id in its own type, event time, features. Their names are encoded once. */
final class OnlineRows {

    private final OnlineTable table;
    private final @Nullable Column time;
    private final Column[] features;
    private final byte[][] names;

    /**
     * Takes what to show of a table.
     *
     * @param time the event time column; null where entities are unique without one
     * @param features the columns to show, in this order
     */
    OnlineRows(OnlineTable table, @Nullable Column time, List<Column> features) {
        this.table = table;
        this.time = time;
        this.features = features.toArray(Column[]::new);
        this.names =
                features.stream().map(column -> JsonBuffer.name(column.name())).toArray(byte[][]::new);
    }

    OnlineTable table() {
        return table;
    }

    /** {@code 5008804}, or {@code ["a",1]} for a composite key. */
    void id(JsonBuffer json, int row) {
        List<Column> key = table.key();
        if (key.size() == 1) {
            json.cell(key.getFirst(), row);
            return;
        }
        for (int i = 0; i < key.size(); i++) {
            json.raw(i == 0 ? "[" : ",").cell(key.get(i), row);
        }
        json.raw("]");
    }

    /** {@code ,"time":"2020-12-04","features":{"age":32}}; no time where the rows have none. */
    void timeAndFeatures(JsonBuffer json, int row) {
        if (time != null) {
            json.raw(",\"time\":").cell(time, row);
        }
        json.raw(",\"features\":{");
        for (int i = 0; i < features.length; i++) {
            if (i > 0) {
                json.raw(",");
            }
            json.raw(names[i]).cell(features[i], row);
        }
        json.raw("}");
    }
}
