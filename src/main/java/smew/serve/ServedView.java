package smew.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import smew.columns.Column;
import smew.online.OnlineTable;

/** The online rows of one feature view, of one release. What is mapped can be found here, and is written by what {@link #at} gives. */
final class ServedView {

    private final OnlineTable table;
    private final OnlineRows rows;
    private final byte[] origin;
    private final OptionalDouble newestEvent;

    private ServedView(OnlineTable table, OnlineRows rows, byte[] origin, OptionalDouble newestEvent) {
        this.table = table;
        this.rows = rows;
        this.origin = origin;
        this.newestEvent = newestEvent;
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
        for (Column column : table.columns().columns()) {
            if (!time.isEmpty() && column.name().equals(time.getFirst())) {
                eventTime = column;
            } else if (!key.contains(column.name())) {
                features.add(column);
            }
        }
        JsonBuffer origin = new JsonBuffer();
        origin.raw(",\"view\":").text(table.name()).raw(",\"release\":").text(release);
        return new ServedView(
                table,
                new OnlineRows(table.key(), eventTime, features),
                origin.toBytes(),
                time.isEmpty() ? OptionalDouble.empty() : table.newest(time.getFirst()));
    }

    /** A view that has an online row, under the number that {@link #number} tells: this one unless its rows are mapped. */
    ServedView at(int row) {
        return table.isMapped() ? new ServedView(table, rows.over(table.pick(row)), origin, newestEvent) : this;
    }

    /** The number of an online row in what {@link #at} gives for it. */
    int number(int row) {
        return table.isMapped() ? 0 : row;
    }

    /** When the newest event of any entity was, in seconds since 1970; empty where there are no events. */
    OptionalDouble newestEvent() {
        return newestEvent;
    }

    /** The columns that are shown as features. */
    List<Column> features() {
        return rows.features();
    }

    OnlineTable table() {
        return table;
    }

    void write(JsonBuffer json, int row) {
        rows.write(json, row, origin);
    }
}
