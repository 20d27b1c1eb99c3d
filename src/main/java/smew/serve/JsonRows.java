package smew.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/**
 * Rows in JSON, in one of four shapes: {@code instances} (rows as objects, or as arrays in the order of the card's inputs),
 * {@code inputs} (the same, or an object of columns), {@code dataframe_split} (columns and data), {@code dataframe_records}
 * (rows as objects). A row may also be an object whose {@code features} are an array of inputs, as SageMaker has it. In JSON
 * Lines each line is a row.
 */
final class JsonRows {

    private static final List<String> SHAPES = List.of("instances", "inputs", "dataframe_split", "dataframe_records");

    private final InvocationRows rows;

    private JsonRows(InvocationRows rows) {
        this.rows = rows;
    }

    static void read(byte[] body, InvocationRows rows) {
        JsonNode root = JsonBody.read(body);
        List<String> found = SHAPES.stream().filter(root::has).toList();
        if (found.size() != 1) {
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: found " + (found.isEmpty() ? "none" : String.join(" and ", found))
                            + ", expected one of " + String.join(", ", SHAPES) + ".");
        }
        String shape = found.getFirst();
        JsonRows reader = new JsonRows(rows);
        JsonNode node = root.get(shape);
        switch (shape) {
            case "dataframe_split" -> reader.split(node);
            case "inputs" -> reader.inputs(node);
            default -> reader.list(shape, node);
        }
    }

    /** Reads a row from each line; blank lines are skipped. */
    static void readLines(byte[] body, InvocationRows rows) {
        JsonRows reader = new JsonRows(rows);
        int line = 1;
        int from = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == '\n') {
                byte[] text = Arrays.copyOfRange(body, from, at);
                if (!isBlank(text)) {
                    reader.row(JsonBody.parse(text, line));
                }
                from = at + 1;
                line++;
            }
        }
    }

    private static boolean isBlank(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private void inputs(JsonNode node) {
        if (node.isObject()) {
            columns(node);
        } else {
            list("inputs", node);
        }
    }

    private void list(String shape, JsonNode node) {
        if (!node.isArray()) {
            throw expected(shape, "an array of rows");
        }
        for (JsonNode row : node) {
            row(row);
        }
    }

    private void row(JsonNode row) {
        // No input holds an array, so one named features cannot be meant.
        JsonNode inputs = row.isObject() && row.path("features").isArray() ? row.get("features") : row;
        if (inputs.isObject()) {
            rows.named(record(inputs));
        } else if (inputs.isArray()) {
            rows.positioned(rows.inputs(), values(rows.inputs(), inputs));
        } else {
            rows.broken(() -> "found " + Text.shown(row.toString()) + ", expected an object or an array.");
        }
    }

    /** An object of columns, all of the same length; of single values, where there is one row. */
    private void columns(JsonNode node) {
        int count = -1;
        for (Map.Entry<String, JsonNode> column : node.properties()) {
            int size = column.getValue().isArray() ? column.getValue().size() : 1;
            if (count >= 0 && size != count) {
                throw new SmewException(
                        Fault.DATA,
                        "Reading inputs: column " + Text.shown(column.getKey()) + " has " + size + " values, expected "
                                + count + " as in the columns before.");
            }
            count = size;
        }
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> row = new HashMap<>();
            for (Map.Entry<String, JsonNode> column : node.properties()) {
                JsonNode values = column.getValue();
                if (rows.reads(column.getKey())) {
                    row.put(column.getKey(), value(column.getKey(), values.isArray() ? values.get(i) : values));
                }
            }
            rows.named(row);
        }
    }

    private void split(JsonNode node) {
        JsonNode columns = node.get("columns");
        JsonNode data = node.get("data");
        if (columns == null || !columns.isArray() || data == null || !data.isArray()) {
            throw expected("dataframe_split", "an object with the arrays columns and data");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : columns) {
            names.add(name.asString());
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw new SmewException(Fault.DATA, "Reading dataframe_split: a column is there twice.");
        }
        for (JsonNode row : data) {
            if (row.isArray()) {
                rows.positioned(names, values(names, row));
            } else {
                rows.broken(() -> "found " + Text.shown(row.toString()) + ", expected an array.");
            }
        }
    }

    private Map<String, @Nullable Object> record(JsonNode row) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : row.properties()) {
            if (rows.reads(member.getKey())) {
                values.put(member.getKey(), value(member.getKey(), member.getValue()));
            }
        }
        return values;
    }

    private List<@Nullable Object> values(List<String> columns, JsonNode row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.size() == columns.size() ? value(columns.get(i), row.get(i)) : null);
        }
        return values;
    }

    private @Nullable Object value(String column, JsonNode node) {
        if (node.isNull() || !rows.reads(column)) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            return number(column, node);
        }
        rows.nextRowProblem(
                column, () -> "found " + Text.shown(node.toString()) + ", expected a number, boolean, string or null.");
        return null;
    }

    private @Nullable Number number(String column, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        // Jackson 3 throws where an integer is beyond a double, and reads a decimal number there as infinite.
        double number = node.isIntegralNumber() ? node.bigIntegerValue().doubleValue() : node.doubleValue();
        if (Double.isFinite(number)) {
            return number;
        }
        rows.nextRowProblem(
                column, () -> "found a number beyond ±" + Double.MAX_VALUE + ", expected a smaller one or null.");
        return null;
    }

    private static SmewException expected(String shape, String expected) {
        return new SmewException(Fault.USAGE, "Reading " + shape + ": expected " + expected + ".");
    }
}
