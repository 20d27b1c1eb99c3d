package smew.duck;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;

/**
 * Rows as JSON or CSV. DuckDB turns every value into text, so that no digit is lost: whole numbers and decimals have all of theirs,
 * dates and timestamps are ISO 8601, lists, structs and maps are JSON, and bytes are base64.
 */
final class SandboxText {

    /** One column of the answer. */
    record Column(String name, String type) {}

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "BIGNUM");

    /** How the text of a value becomes JSON. */
    private enum Kind {
        EXACT,
        FLOATING,
        TIME,
        NESTED,
        BYTES,
        TEXT;

        static Kind of(String type) {
            String upper = type.toUpperCase(Locale.ROOT);
            if (upper.endsWith("]")
                    || upper.startsWith("STRUCT")
                    || upper.startsWith("MAP")
                    || upper.startsWith("UNION")
                    || upper.equals("JSON")) {
                return NESTED;
            }
            if (upper.equals("BOOLEAN") || NUMBERS.contains(upper) || upper.startsWith("DECIMAL")) {
                return EXACT;
            }
            if (upper.equals("DOUBLE") || upper.equals("FLOAT")) {
                return FLOATING;
            }
            if (upper.startsWith("TIMESTAMP")) {
                return TIME;
            }
            return upper.equals("BLOB") ? BYTES : TEXT;
        }
    }

    private final List<Column> columns;
    private final List<Kind> kinds;
    private final int limitBytes;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    SandboxText(List<Column> columns, int limitBytes) {
        this.columns = columns;
        this.kinds = columns.stream().map(column -> Kind.of(column.type())).toList();
        this.limitBytes = limitBytes;
    }

    /** The query around another that turns its columns into text; they get names of their own, because theirs may be alike. */
    String select(String from) {
        String list = IntStream.range(0, columns.size())
                .mapToObj(i -> switch (kinds.get(i)) {
                    case NESTED -> "CAST(to_json(c" + i + ") AS VARCHAR)";
                    case BYTES -> "to_base64(c" + i + ")";
                    case EXACT, FLOATING, TIME, TEXT -> "CAST(c" + i + " AS VARCHAR)";
                })
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "SELECT " + list + " FROM " + from + " AS answer(" + names + ")";
    }

    /**
     * Writes rows as one JSON object with columns, rows and whether there were more.
     *
     * @return whether there were
     */
    boolean json(String release, ResultSet rows, int limit) throws SQLException {
        write("{\"release\":" + Json.write(release) + ",\"columns\":" + Json.write(columns) + ",\"rows\":[");
        int count = 0;
        boolean more = false;
        while (rows.next() && !more) {
            more = count == limit;
            if (!more) {
                write(count++ == 0 ? "\n[" : ",\n[");
                for (int i = 0; i < columns.size(); i++) {
                    String text = rows.getString(i + 1);
                    write((i == 0 ? "" : ",") + (text == null ? "null" : json(kinds.get(i), text)));
                }
                write("]");
            }
        }
        write("],\"truncated\":" + more + "}\n");
        return more;
    }

    /** The same as CSV with a header (RFC 4180): null is nothing, the empty text is two quotes. */
    boolean csv(ResultSet rows, int limit) throws SQLException {
        write(columns.stream().map(column -> field(column.name())).collect(Collectors.joining(",", "", "\n")));
        int count = 0;
        while (rows.next()) {
            if (count++ == limit) {
                return true;
            }
            for (int i = 0; i < columns.size(); i++) {
                String text = rows.getString(i + 1);
                write((i == 0 ? "" : ",") + (text == null ? "" : field(plain(kinds.get(i), text))));
            }
            write("\n");
        }
        return false;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private static String json(Kind kind, String text) {
        String plain = plain(kind, text);
        return switch (kind) {
            case EXACT, NESTED -> plain;
            case FLOATING -> isFinite(text) ? plain : Json.write(plain);
            case TIME, BYTES, TEXT -> Json.write(plain);
        };
    }

    private static String plain(Kind kind, String text) {
        return switch (kind) {
            case EXACT, BYTES, TEXT -> text;
            case FLOATING -> isFinite(text) ? text : word(text);
            case TIME -> iso(text);
            case NESTED -> quoted(text);
        };
    }

    private static boolean isFinite(String number) {
        return Character.isDigit(number.charAt(number.length() - 1));
    }

    /** As Java, JavaScript and Python write what is no number. */
    private static String word(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("nan")) {
            return "NaN";
        }
        return lower.startsWith("-") ? "-Infinity" : "Infinity";
    }

    private static String iso(String timestamp) {
        if (timestamp.contains("infinity")) {
            return timestamp;
        }
        String dated = timestamp.replaceFirst(" ", "T");
        return dated.endsWith("+00") ? dated.substring(0, dated.length() - 3) + "Z" : dated;
    }

    /** DuckDB leaves NaN and Infinity bare inside of lists and structs, which is no JSON. */
    private static String quoted(String json) {
        if (!json.contains("NaN") && !json.contains("nf")) {
            return json;
        }
        StringBuilder quoted = new StringBuilder();
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText && c == '\\') {
                quoted.append(c).append(json.charAt(++i));
                continue;
            }
            inText ^= c == '"';
            String bare = inText ? null : bare(json, i);
            if (bare == null) {
                quoted.append(c);
            } else {
                quoted.append('"').append(word(bare)).append('"');
                i += bare.length() - 1;
            }
        }
        return quoted.toString();
    }

    private static @Nullable String bare(String json, int at) {
        for (String word : List.of("NaN", "-NaN", "nan", "-nan", "Infinity", "-Infinity", "inf", "-inf")) {
            if (json.startsWith(word, at)) {
                return word;
            }
        }
        return null;
    }

    private static String field(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void write(String text) {
        if (out.size() + (long) text.length() > limitBytes) {
            throw tooLarge(limitBytes);
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static SmewException tooLarge(int limitBytes) {
        return new SmewException(
                Fault.TOO_LARGE,
                "Running the query: its answer is larger than " + limitBytes
                        + " bytes, which is the limit of this server. Ask for fewer rows or columns.");
    }
}
