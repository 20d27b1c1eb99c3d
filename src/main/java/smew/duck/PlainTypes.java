package smew.duck;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * DuckDB has more types than {@link smew.columns.Column}. Numbers that a long cannot hold become doubles, and whatever is
 * left (ENUM, UUID, TIME, INTERVAL, lists, structs) becomes its text.
 */
final class PlainTypes {

    private static final Set<String> AS_THEY_ARE = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "FLOAT",
            "DOUBLE",
            "VARCHAR",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP WITH TIME ZONE");
    private static final Set<String> AS_DOUBLE = Set.of("UBIGINT", "HUGEINT", "UHUGEINT");
    private static final Set<String> AS_TIMESTAMP = Set.of("TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS");

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    /** Decimal digits that always fit into a long. */
    private static final int LONG_DIGITS = 18;

    private PlainTypes() {}

    /** The query itself where all its types are plain, else around it one that casts. */
    static String select(Duck duck, String sql, Origin origin) {
        List<String> columns =
                duck.texts("SELECT column_name || chr(0) || column_type FROM (DESCRIBE " + sql + "\n)", origin);
        boolean plain = columns.stream().allMatch(column -> AS_THEY_ARE.contains(type(column)));
        if (plain) {
            return sql;
        }
        return columns.stream()
                .map(column -> cast(Duck.identifier(column.substring(0, column.indexOf('\0'))), type(column)))
                .collect(Collectors.joining(", ", "SELECT ", " FROM (" + sql + "\n)"));
    }

    private static String type(String column) {
        return column.substring(column.indexOf('\0') + 1).toUpperCase(Locale.ROOT);
    }

    private static String cast(String name, String type) {
        if (AS_THEY_ARE.contains(type)) {
            return name;
        }
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            boolean whole = decimal.group(2).equals("0") && Integer.parseInt(decimal.group(1)) <= LONG_DIGITS;
            return name + (whole ? "::BIGINT AS " : "::DOUBLE AS ") + name;
        }
        if (AS_DOUBLE.contains(type)) {
            return name + "::DOUBLE AS " + name;
        }
        return name + (AS_TIMESTAMP.contains(type) ? "::TIMESTAMP AS " : "::VARCHAR AS ") + name;
    }
}
