package smew.sagemaker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.online.Cell;

/**
 * Rows as an endpoint reads them: JSON {@code {"instances":[{"age":32}]}}, or CSV without a header in the order of the card's
 * inputs, in which null is an empty field, an empty text is {@code ""}, and booleans are 1 and 0.
 *
 * @param rows how many rows the bytes hold
 */
record RequestBody(byte[] bytes, String contentType, int rows) {

    /** SageMaker takes 6 MB in one real-time request. */
    static final int LARGEST_BYTES = 6_000_000;

    private static final byte[] JSON_START = "{\"instances\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JSON_END = "]}".getBytes(StandardCharsets.US_ASCII);

    /** The rows in order, in as few bodies as the limit allows. */
    static List<RequestBody> of(EndpointSettings.Format format, Card card, Table table, int[] rows, int largestBytes) {
        List<Column> columns = card.inputs().stream()
                .map(input -> table.column(input.name()).orElseThrow())
                .toList();
        boolean json = format == EndpointSettings.Format.JSON;
        String contentType = format.mediaType();
        List<RequestBody> bodies = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = 0;
        for (int row : rows) {
            byte[] encoded = json ? json(columns, row) : csv(columns, row);
            if (count > 0 && bytes.size() + encoded.length + JSON_END.length + 1 > largestBytes) {
                bodies.add(new RequestBody(ended(bytes, json), contentType, count));
                bytes.reset();
                count = 0;
            }
            if (count == 0) {
                contentType = format.mediaType() + (!json && looksLikeHeader(columns, row) ? "; header=absent" : "");
            }
            if (json) {
                bytes.writeBytes(count == 0 ? JSON_START : new byte[] {','});
            }
            bytes.writeBytes(encoded);
            count++;
        }
        bodies.add(new RequestBody(ended(bytes, json), contentType, count));
        return bodies;
    }

    private static byte[] ended(ByteArrayOutputStream bytes, boolean json) {
        if (json) {
            bytes.writeBytes(JSON_END);
        }
        return bytes.toByteArray();
    }

    private static byte[] json(List<Column> columns, int row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column.name(), Cell.value(column, row)));
        return Json.bytes(values);
    }

    private static byte[] csv(List<Column> columns, int row) {
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            line.append(field(Cell.value(column, row))).append(',');
        }
        line.setCharAt(line.length() - 1, '\n');
        if (line.length() == 1) {
            throw new SmewException(
                    Fault.DATA,
                    "Sending a row as CSV: its only input has no value, and an empty line is no row."
                            + " Serve with --backend-format json.");
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Boolean flag -> flag ? "1" : "0";
            case String text -> text.isEmpty() || text.chars().anyMatch(RequestBody::needsQuotes) ? quoted(text) : text;
            default -> value.toString();
        };
    }

    private static boolean needsQuotes(int c) {
        return c == ',' || c == '"' || c == '\n' || c == '\r';
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A container of ours takes a first line of names for a header, unless told; others do not know the word. */
    private static boolean looksLikeHeader(List<Column> columns, int row) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name()));
        return columns.stream()
                .anyMatch(column -> column instanceof Column.Texts
                        && Cell.value(column, row) instanceof String text
                        && names.contains(text));
    }
}
