package smew.serve;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;
import smew.online.OnlineTable;

/** Writes rows of an online table: id in its own type, event time, features. Their names are encoded once. */
final class OnlineRows {

    private final OnlineTable table;
    private final @Nullable Column time;
    private final Column[] features;
    private final byte[][] names;
    private final @Nullable Words[] words;

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
        this.names = new byte[features.size()][];
        this.words = new Words[features.size()];
        for (int i = 0; i < names.length; i++) {
            byte[] name = JsonBuffer.name(features.get(i).name());
            names[i] = i == 0 ? name : new JsonBuffer().raw(",").raw(name).toBytes();
            words[i] = features.get(i) instanceof Column.Texts texts && texts.dictionary().length <= Words.MOST
                    ? new Words(texts)
                    : null;
        }
    }

    /** The different texts of a column as JSON, each written once. */
    private record Words(Column.Texts texts, byte[][] json) {

        static final int MOST = 4096;

        Words(Column.Texts texts) {
            this(
                    texts,
                    Arrays.stream(texts.dictionary()).map(JsonBuffer::quoted).toArray(byte[][]::new));
        }

        void write(JsonBuffer buffer, int row) {
            int code = texts.codes()[row];
            if (code < 0) {
                buffer.raw("null");
            } else {
                buffer.raw(json[code]);
            }
        }
    }

    /** The newest event time, in seconds since 1970; empty without one. */
    OptionalDouble newestEvent() {
        return switch (time) {
            case Column.Dates dates ->
                present(dates).map(row -> dates.epochDays()[row]).max().stream()
                        .mapToDouble(day -> TimeUnit.DAYS.toSeconds(day))
                        .findFirst();
            case Column.Timestamps times ->
                present(times).mapToLong(row -> times.epochMicros()[row]).max().stream()
                        .mapToDouble(micros -> micros / 1e6)
                        .findFirst();
            case null -> OptionalDouble.empty();
            // What else orders events, such as a number, is no time.
            case Column.Integers _, Column.Doubles _, Column.Booleans _, Column.Texts _ -> OptionalDouble.empty();
        };
    }

    private static IntStream present(Column column) {
        return IntStream.range(0, column.rows()).filter(row -> !column.isNull(row));
    }

    List<Column> features() {
        return List.of(features);
    }

    /** The event time, where there is one, and the features. */
    List<Column> shown() {
        return Stream.concat(Stream.ofNullable(time), Arrays.stream(features)).toList();
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
            json.raw(names[i]);
            Words known = words[i];
            if (known == null) {
                json.cell(features[i], row);
            } else {
                known.write(json, row);
            }
        }
        json.raw("}");
    }
}
