package smew.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.JsonReader;
import smew.base.JsonReader.Part;
import smew.base.SmewException;

/**
 * Rows in JSON, in one of four shapes: {@code instances} (rows as objects, or as arrays in the order of the card's inputs),
 * {@code inputs} (the same, or an object of columns), {@code dataframe_split} (columns and data), {@code dataframe_records}
 * (rows as objects). A row may also be an object whose {@code features} are an array of inputs, as SageMaker has it. In JSON
 * Lines each line is a row. Rows are handed on as they are read; columns of {@code inputs} are held.
 */
final class JsonRows {

    private static final List<String> SHAPES = List.of("instances", "inputs", "dataframe_split", "dataframe_records");
    private static final String SPLIT = "dataframe_split";

    private final InvocationRows rows;
    private final JsonCells cells;

    private JsonRows(InvocationRows rows) {
        this.rows = rows;
        this.cells = new JsonCells(rows);
    }

    static void read(Body body, InvocationRows rows) {
        JsonBody.stream(body, new JsonRows(rows)::read);
    }

    /** Reads a row from each line; blank lines are skipped. */
    static void readLines(Body body, InvocationRows rows) {
        JsonRows reader = new JsonRows(rows);
        Lines lines = new Lines(body.stream());
        while (lines.next()) {
            if (!lines.isBlank()) {
                JsonBody.stream(lines.text(), lines.number(), json -> {
                    json.next();
                    reader.row(json);
                });
            }
        }
    }

    private void read(JsonReader json) {
        JsonBody.start(json);
        List<String> found = new ArrayList<>();
        while (json.next() != Part.OBJECT_END) {
            String shape = json.name();
            json.next();
            if (!SHAPES.contains(shape)) {
                json.skip();
                continue;
            }
            found.add(shape);
            if (found.size() > 1) {
                json.skip();
            } else if (shape.equals(SPLIT)) {
                split(json);
            } else if (shape.equals("inputs") && json.part() == Part.OBJECT) {
                columns(json);
            } else {
                list(shape, json);
            }
        }
        if (found.size() != 1) {
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: found "
                            + (found.isEmpty()
                                    ? "none"
                                    : String.join(
                                            " and ",
                                            SHAPES.stream()
                                                    .filter(found::contains)
                                                    .toList()))
                            + ", expected one of " + String.join(", ", SHAPES) + ".");
        }
    }

    private void list(String shape, JsonReader json) {
        if (json.part() != Part.ARRAY) {
            throw expected(shape, "an array of rows");
        }
        while (json.next() != Part.ARRAY_END) {
            row(json);
        }
    }

    private void row(JsonReader json) {
        switch (json.part()) {
            case OBJECT -> record(json);
            case ARRAY -> positioned(rows.inputs(), json);
            default -> {
                Supplier<String> found = JsonCells.shown(json);
                rows.broken(() -> "found " + found.get() + ", expected an object or an array.");
            }
        }
    }

    private void record(JsonReader json) {
        Map<String, @Nullable Object> values = new HashMap<>();
        JsonCells.Row features = null;
        while (json.next() != Part.OBJECT_END) {
            String name = json.name();
            Part value = json.next();
            if (name.equals("features") && value == Part.ARRAY) {
                // No input holds an array, so one named features cannot be meant.
                features = cells.row(json, rows.inputs());
            } else if (rows.reads(name)) {
                values.put(name, cells.value(name, json));
            } else {
                json.skip();
            }
        }
        if (features == null) {
            rows.named(values);
        } else {
            rows.positioned(rows.inputs(), features.values(), features.size());
        }
    }

    private void positioned(List<String> columns, JsonReader json) {
        JsonCells.Row row = cells.row(json, columns);
        rows.positioned(columns, row.values(), row.size());
    }

    /** An object of columns, all of the same length; of single values, where there is one row. */
    private void columns(JsonReader json) {
        Map<String, List<@Nullable Object>> columns = new HashMap<>();
        int count = -1;
        while (json.next() != Part.OBJECT_END) {
            String name = json.name();
            json.next();
            List<@Nullable Object> values = new ArrayList<>();
            int size = cells.column(name, json, values);
            if (count >= 0 && size != count) {
                throw new SmewException(
                        Fault.DATA,
                        "Reading inputs: column " + Text.shown(name) + " has " + size + " values, expected " + count
                                + " as in the columns before.");
            }
            count = size;
            if (rows.reads(name)) {
                columns.put(name, values);
            }
        }
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> row = new HashMap<>();
            for (Map.Entry<String, List<@Nullable Object>> column : columns.entrySet()) {
                row.put(column.getKey(), column.getValue().get(i));
            }
            rows.named(row);
        }
    }

    private void split(JsonReader json) {
        List<String> names = null;
        boolean data = false;
        if (json.part() != Part.OBJECT) {
            throw split();
        }
        while (json.next() != Part.OBJECT_END) {
            String member = json.name();
            Part value = json.next();
            boolean asked = member.equals("columns") || member.equals("data");
            if (asked && value != Part.ARRAY) {
                throw split();
            }
            if (member.equals("columns")) {
                names = names(json);
            } else if (member.equals("data")) {
                data = true;
                data(names, json);
            } else {
                json.skip();
            }
        }
        if (names == null || !data) {
            throw split();
        }
    }

    private static SmewException split() {
        return expected(SPLIT, "an object with the arrays columns and data");
    }

    private static List<String> names(JsonReader json) {
        List<String> names = new ArrayList<>();
        while (json.next() != Part.ARRAY_END) {
            names.add(JsonCells.text(json));
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw new SmewException(Fault.DATA, "Reading dataframe_split: a column is there twice.");
        }
        return names;
    }

    private void data(@Nullable List<String> names, JsonReader json) {
        if (names == null) {
            throw expected(SPLIT, "columns before data, because rows are scored as they come");
        }
        while (json.next() != Part.ARRAY_END) {
            if (json.part() == Part.ARRAY) {
                positioned(names, json);
            } else {
                Supplier<String> found = JsonCells.shown(json);
                rows.broken(() -> "found " + found.get() + ", expected an array.");
            }
        }
    }

    private static SmewException expected(String shape, String expected) {
        return new SmewException(Fault.USAGE, "Reading " + shape + ": expected " + expected + ".");
    }
}
