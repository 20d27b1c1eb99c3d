package smew.serve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Card;

/**
 * Rows in CSV. A first line that names the inputs is a header, and one that names only some of them is refused unless it can
 * be a row; without a header the columns are the model's inputs in the order of its card. The media type's parameter
 * {@code header=present} or {@code absent} decides it.
 */
final class CsvRows {

    /** Java alone would also read 12f and 0x1p3. Possessive, so that a long field is looked at once. */
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");

    private CsvRows() {}

    static void read(Body body, MediaType type, InvocationRows rows) {
        Csv csv = new Csv(body.stream());
        List<@Nullable String> first = csv.next();
        if (first == null) {
            throw new SmewException(Fault.USAGE, "Reading the body: it holds no row, expected CSV.");
        }
        List<String> columns = rows.inputs();
        if (hasHeader(first, type, rows)) {
            columns = first.stream().map(name -> name == null ? "" : name).toList();
            checkNames(columns, rows.inputs());
        } else {
            add(columns, first, rows);
        }
        for (List<@Nullable String> line = csv.next(); line != null; line = csv.next()) {
            add(columns, line, rows);
        }
    }

    private static void add(List<String> columns, List<@Nullable String> line, InvocationRows rows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            boolean read = line.size() == columns.size() && rows.reads(columns.get(i));
            String text = line.get(i);
            values.add(read && text != null ? required(columns.get(i), text, rows) : null);
        }
        rows.positioned(columns, values, line.size());
    }

    private static @Nullable Object required(String column, String text, InvocationRows rows) {
        Object value = value(rows.type(column), text);
        if (value == null) {
            String expected = rows.type(column) == Card.Type.NUMBER ? "a number" : "true or false";
            rows.problem(
                    0, column, () -> "found '" + Text.shown(text) + "', expected " + expected + " or an empty field.");
        }
        return value;
    }

    private static @Nullable Object value(Card.Type type, String text) {
        return switch (type) {
            case NUMBER -> number(text.strip());
            case BOOLEAN -> flag(text.strip());
            case CATEGORY -> text;
        };
    }

    private static @Nullable Double number(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? number : null;
    }

    private static @Nullable Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
        };
    }

    private static boolean hasHeader(List<@Nullable String> first, MediaType type, InvocationRows rows) {
        return switch (type.parameter("header", "")) {
            case "present" -> true;
            case "absent" -> false;
            default -> looksLikeHeader(first, rows);
        };
    }

    /** Whether a line holds at least one input's name, and either half of them or something that no row can hold. */
    private static boolean looksLikeHeader(List<@Nullable String> first, InvocationRows rows) {
        List<String> inputs = rows.inputs();
        Set<@Nullable String> fields = new HashSet<>(first);
        long names = inputs.stream().filter(fields::contains).count();
        return names > 0 && (2 * names >= inputs.size() || !fits(first, rows));
    }

    private static boolean fits(List<@Nullable String> line, InvocationRows rows) {
        boolean fits = line.size() == rows.inputs().size();
        for (int i = 0; fits && i < line.size(); i++) {
            String text = line.get(i);
            fits = text == null || value(rows.type(rows.inputs().get(i)), text) != null;
        }
        return fits;
    }

    private static void checkNames(List<String> columns, List<String> inputs) {
        Set<String> seen = new LinkedHashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new SmewException(
                        Fault.DATA, "Reading the header: column " + Text.shown(column) + " is there twice.");
            }
        }
        List<String> lacking =
                inputs.stream().filter(input -> !seen.contains(input)).toList();
        if (!lacking.isEmpty()) {
            seen.removeAll(Set.copyOf(inputs));
            String unknown = seen.isEmpty()
                    ? "."
                    : ". It has " + Text.shown(String.join(", ", seen)) + ", which the model does not read.";
            throw new SmewException(
                    Fault.DATA,
                    "Reading the header: it lacks " + String.join(", ", lacking) + unknown
                            + " Name every input, or say text/csv; header=absent where the first line is a row.");
        }
    }
}
