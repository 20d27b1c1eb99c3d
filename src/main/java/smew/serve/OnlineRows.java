package smew.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;
import smew.columns.Table;

/** Writes rows of a table: id in its own type, event time, features. Their names are encoded once. */
final class OnlineRows {

    private final Column[] key;
    private final @Nullable Column time;
    private final Column[] features;
    private final byte[][] names;
    private final @Nullable Words[] words;

    /**
     * Takes what to show of a table.
     *
     * @param key the key columns
     * @param time the event time column; null where entities are unique without one
     * @param features the columns to show, in this order
     */
    OnlineRows(List<Column> key, @Nullable Column time, List<Column> features) {
        this(key, time, features, names(features), words(features));
    }

    private OnlineRows(
            List<Column> key, @Nullable Column time, List<Column> features, byte[][] names, @Nullable Words[] words) {
        this.key = key.toArray(Column[]::new);
        this.time = time;
        this.features = features.toArray(Column[]::new);
        this.names = names;
        this.words = words;
    }

    private static byte[][] names(List<Column> features) {
        byte[][] names = new byte[features.size()][];
        for (int i = 0; i < names.length; i++) {
            byte[] name = JsonBuffer.name(features.get(i).name());
            names[i] = i == 0 ? name : new JsonBuffer().raw(",").raw(name).toBytes();
        }
        return names;
    }

    private static @Nullable Words[] words(List<Column> features) {
        @Nullable Words[] words = new Words[features.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = features.get(i) instanceof Column.Texts texts && texts.dictionary().length <= Words.MOST
                    ? new Words(texts)
                    : null;
        }
        return words;
    }

    /** The same of another table with these columns, such as some of the rows. */
    OnlineRows over(Table other) {
        Map<String, Column> columns = HashMap.newHashMap(other.columns().size());
        other.columns().forEach(column -> columns.put(column.name(), column));
        return new OnlineRows(
                same(key, columns),
                time == null ? null : columns.get(time.name()),
                same(features, columns),
                names,
                new Words[features.length]);
    }

    private static List<Column> same(Column[] columns, Map<String, Column> others) {
        List<Column> same = new ArrayList<>(columns.length);
        for (Column column : columns) {
            same.add(Objects.requireNonNull(others.get(column.name())));
        }
        return same;
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

    List<Column> features() {
        return List.of(features);
    }

    /** The event time, where there is one, and the features. */
    List<Column> shown() {
        return Stream.concat(Stream.ofNullable(time), Arrays.stream(features)).toList();
    }

    List<Column> key() {
        return List.of(key);
    }

    /**
     * {@code {"id":5008804,"model":"credit_risk","time":"2020-12-04","features":{"age":32}}}.
     *
     * @param origin members after the id, with a comma before each
     */
    void write(JsonBuffer json, int row, byte[] origin) {
        json.raw("{\"id\":");
        id(json, row);
        json.raw(origin);
        timeAndFeatures(json, row);
        json.raw("}");
    }

    /** {@code 5008804}, or {@code ["a",1]} for a composite key. */
    void id(JsonBuffer json, int row) {
        if (key.length == 1) {
            json.cell(key[0], row);
            return;
        }
        for (int i = 0; i < key.length; i++) {
            json.raw(i == 0 ? "[" : ",").cell(key[i], row);
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
