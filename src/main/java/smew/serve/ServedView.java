package smew.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import smew.columns.Column;
import smew.online.OnlineTable;

/** The online rows of one feature view, of one release. */
final class ServedView {

    private final OnlineRows rows;
    private final byte[] origin;

    private ServedView(OnlineRows rows, byte[] origin) {
        this.rows = rows;
        this.origin = origin;
    }

    /**
     * Shows every column but the key and the event time as a feature.
     *
     * @param time the event time column, then columns that break ties; may be empty
     */
    static ServedView of(OnlineTable table, List<String> time, String release) {
        List<String> key = table.key().stream().map(Column::name).toList();
        List<Column> features = new ArrayList<>();
        Column eventTime = null;
        for (Column column : table.table().columns()) {
            if (!time.isEmpty() && column.name().equals(time.getFirst())) {
                eventTime = column;
            } else if (!key.contains(column.name())) {
                features.add(column);
            }
        }
        JsonBuffer origin = new JsonBuffer();
        origin.raw(",\"view\":").text(table.name()).raw(",\"release\":").text(release);
        return new ServedView(new OnlineRows(table, eventTime, features), origin.toBytes());
    }

    /** When the newest event of any entity was, in seconds since 1970; empty where there are no events. */
    OptionalDouble newestEvent() {
        return rows.newestEvent();
    }

    /** The columns that are shown as features. */
    List<Column> features() {
        return rows.features();
    }

    OnlineTable table() {
        return rows.table();
    }

    void write(JsonBuffer json, int row) {
        json.raw("{\"id\":");
        rows.id(json, row);
        json.raw(origin);
        rows.timeAndFeatures(json, row);
        json.raw("}");
    }
}
