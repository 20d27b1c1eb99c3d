package smew.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Json;
import smew.base.JsonReader;
import smew.base.JsonReader.Part;

/** Values of rows in JSON, for columns that the model reads; what it does not read is passed over. */
final class JsonCells {

    private final InvocationRows rows;

    JsonCells(InvocationRows rows) {
        this.rows = rows;
    }

    /**
     * A row given by position.
     *
     * @param values as many as there are columns, at the most
     * @param size how many there were
     */
    record Row(List<@Nullable Object> values, int size) {}

    /** Reads an array under these columns. */
    Row row(JsonReader json, List<String> columns) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        int size = 0;
        while (json.next() != Part.ARRAY_END) {
            if (size < columns.size()) {
                String column = columns.get(size);
                values.add(rows.reads(column) ? value(column, json) : passed(json));
            } else {
                json.skip();
            }
            size++;
        }
        return new Row(values, size);
    }

    private static @Nullable Object passed(JsonReader json) {
        json.skip();
        return null;
    }

    /**
     * Reads a column: an array, or one value.
     *
     * @return how many values there were, of which those that the model reads are now in the list
     */
    int column(String name, JsonReader json, List<@Nullable Object> values) {
        boolean read = rows.reads(name);
        if (json.part() != Part.ARRAY) {
            values.add(read ? value(name, json, 0) : passed(json));
            return 1;
        }
        int size = 0;
        while (json.next() != Part.ARRAY_END) {
            rows.checkLimit(size);
            if (read) {
                values.add(value(name, json, size));
            } else {
                json.skip();
            }
            size++;
        }
        return size;
    }

    /** Reads a value of the row that is added next. */
    @Nullable
    Object value(String column, JsonReader json) {
        return value(column, json, 0);
    }

    /**
     * The same of a row further on.
     *
     * @param ahead how many rows are added before
     */
    private @Nullable Object value(String column, JsonReader json, int ahead) {
        return switch (json.part()) {
            case NULL -> null;
            case FLAG -> json.flag();
            case TEXT -> json.text();
            case NUMBER -> number(column, json, ahead);
            default -> {
                Supplier<String> found = shown(json);
                rows.problem(
                        ahead, column, () -> "found " + found.get() + ", expected a number, boolean, string or null.");
                yield null;
            }
        };
    }

    private @Nullable Number number(String column, JsonReader json, int ahead) {
        if (json.isLong()) {
            return json.longValue();
        }
        double number = json.doubleValue();
        if (Double.isFinite(number)) {
            return number;
        }
        rows.problem(
                ahead,
                column,
                () -> "found a number beyond ±" + Double.MAX_VALUE + ", expected a smaller one or null.");
        return null;
    }

    /** What a message says of the value that it is at, which is then passed: one that is no single value is not held for it. */
    static Supplier<String> shown(JsonReader json) {
        return switch (json.part()) {
            case ARRAY -> passed(json, "an array");
            case OBJECT -> passed(json, "an object");
            case TEXT -> {
                String text = json.text();
                yield () -> Text.shown(Json.write(text));
            }
            default -> {
                String text = json.text();
                yield () -> Text.shown(text);
            }
        };
    }

    private static Supplier<String> passed(JsonReader json, String what) {
        json.skip();
        return () -> what;
    }

    /** A single value as text; nothing of an object or array. */
    static String text(JsonReader json) {
        if (json.part() == Part.ARRAY || json.part() == Part.OBJECT) {
            json.skip();
            return "";
        }
        return json.text();
    }
}
