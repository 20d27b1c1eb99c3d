package smew.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import smew.base.Problem;
import software.amazon.awssdk.services.redshiftdata.model.Field;

/** The columns of tables that exist, as {@code svv_columns} tells them, by lower-case name of the table. */
record RedshiftColumns(Map<String, List<ColumnTypes.Column>> tables) {

    /** From the rows of {@link RedshiftRequests#columns()}. */
    static RedshiftColumns of(List<List<Field>> rows) {
        Map<String, List<ColumnTypes.Column>> tables = new LinkedHashMap<>();
        for (List<Field> row : rows) {
            String type = type(text(row, 2), text(row, 3), text(row, 4), text(row, 5));
            tables.computeIfAbsent(text(row, 0).toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(new ColumnTypes.Column(text(row, 1), type));
        }
        return new RedshiftColumns(tables);
    }

    /** What is there instead of what would be, column by column; empty where there is no such table, or the same columns. */
    Optional<Problem> difference(RedshiftTable wanted) {
        return Optional.ofNullable(tables.get(wanted.view().name().toLowerCase(Locale.ROOT)))
                .flatMap(found -> Differences.of(wanted.name(), found, ColumnTypes.redshift(wanted.view())));
    }

    /** The words of the catalogue as our declarations say it. */
    private static String type(String catalogued, String length, String precision, String scale) {
        String type = catalogued.toLowerCase(Locale.ROOT).replaceFirst("\\(.*", "");
        String given = catalogued.contains("(") ? catalogued.substring(catalogued.indexOf('(')) : "";
        return switch (type) {
            case "character varying" -> "VARCHAR" + (given.isEmpty() ? "(" + length + ")" : given);
            case "character" -> "CHAR" + (given.isEmpty() ? "(" + length + ")" : given);
            case "numeric" -> "DECIMAL" + (given.isEmpty() ? "(" + precision + "," + scale + ")" : given);
            // The catalogue says no length of these.
            case "binary varying" -> "VARBYTE(1024000)";
            case "timestamp without time zone" -> "TIMESTAMP";
            case "timestamp with time zone" -> "TIMESTAMPTZ";
            default -> type.toUpperCase(Locale.ROOT);
        };
    }

    private static String text(List<Field> row, int index) {
        Field field = row.get(index);
        return Stream.of(field.stringValue(), field.longValue())
                .filter(value -> value != null)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
    }
}
