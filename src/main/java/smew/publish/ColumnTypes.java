package smew.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.release.Manifest;

/**
 * The types that the columns of a release's Parquet files have elsewhere. The manifest names DuckDB's types as they are read back
 * from the files: of a HUGEINT the file holds a DOUBLE, of an ENUM its text.
 *
 * <p>What DuckDB 2.0 writes, and the others read: integers as INT32 and INT64, DECIMAL as INT32, INT64 or sixteen bytes,
 * timestamps as INT64 of micro- or milliseconds. TIMESTAMP WITH TIME ZONE is the same in UTC; neither Redshift's COPY nor a table
 * of Athena knows it, so it becomes a timestamp in UTC.
 */
final class ColumnTypes {

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,\\d+\\)");

    /** The longest VARCHAR that every version of Redshift has; a shorter one would refuse rows. */
    private static final String REDSHIFT_TEXT = "VARCHAR(65535)";

    private static final int REDSHIFT_NAME_BYTES = 127;
    private static final Pattern HIVE_NAME = Pattern.compile("[A-Za-z0-9_]{1,128}");

    private ColumnTypes() {}

    /** One column as it is declared elsewhere. */
    record Column(String name, String type) {}

    /**
     * Looks whether Redshift's COPY can load these views.
     *
     * @throws SmewException DATA, with every column that it cannot load
     */
    static void requireRedshift(List<Manifest.View> views) {
        refuse("Redshift", views, ColumnTypes::redshiftType, ColumnTypes::redshiftName);
    }

    /** The columns of such a view as Redshift declares them. */
    static List<Column> redshift(Manifest.View view) {
        return declared(view, ColumnTypes::redshiftType);
    }

    /**
     * Looks whether Hive or Athena can read these views.
     *
     * @param reader which of them
     * @throws SmewException DATA, with every column that it cannot read
     */
    static void requireHive(String reader, List<Manifest.View> views) {
        refuse(reader, views, ColumnTypes::hiveType, name -> hiveName(reader, name));
    }

    /** The columns of such a view as Hive and the DDL of Athena declare them. */
    static List<Column> hive(Manifest.View view) {
        return declared(view, ColumnTypes::hiveType);
    }

    private static List<Column> declared(Manifest.View view, Function<String, Optional<String>> types) {
        return view.columns().stream()
                .map(column ->
                        new Column(column.name(), types.apply(column.type()).orElseThrow()))
                .toList();
    }

    private static void refuse(
            String reader,
            List<Manifest.View> views,
            Function<String, Optional<String>> types,
            Function<String, Optional<String>> names) {
        List<Problem> problems = new ArrayList<>();
        for (Manifest.View view : views) {
            for (Manifest.Column column : view.columns()) {
                String where = "sql/features/" + view.name() + ".sql, column " + column.name();
                if (types.apply(column.type()).isEmpty()) {
                    problems.add(new Problem(
                            where,
                            reader + " cannot read its type " + shortened(column.type()) + " from Parquet. "
                                    + cure(column) + " in that file, and run again."));
                }
                names.apply(column.name()).ifPresent(wrong -> problems.add(new Problem(where, wrong)));
            }
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Publishing to " + reader, problems);
        }
    }

    private static Optional<String> redshiftType(String type) {
        return switch (plain(type)) {
            case "BOOLEAN", "SMALLINT", "INTEGER", "BIGINT", "DATE", "TIMESTAMP" -> Optional.of(plain(type));
            case "TINYINT" -> Optional.of("SMALLINT");
            case "UTINYINT", "USMALLINT" -> Optional.of("INTEGER");
            case "FLOAT" -> Optional.of("REAL");
            case "DOUBLE" -> Optional.of("DOUBLE PRECISION");
            case "VARCHAR", "JSON" -> Optional.of(REDSHIFT_TEXT);
            case "BLOB" -> Optional.of("VARBYTE(1024000)");
            case "TIMESTAMP WITH TIME ZONE" -> Optional.of("TIMESTAMP");
            default -> decimal(type);
        };
    }

    private static Optional<String> hiveType(String type) {
        return switch (plain(type)) {
            case "BOOLEAN", "TINYINT", "SMALLINT", "BIGINT", "FLOAT", "DOUBLE", "DATE", "TIMESTAMP" ->
                Optional.of(plain(type).toLowerCase(Locale.ROOT));
            case "INTEGER", "UTINYINT", "USMALLINT" -> Optional.of("int");
            case "VARCHAR", "JSON" -> Optional.of("string");
            case "BLOB" -> Optional.of("binary");
            case "TIMESTAMP WITH TIME ZONE" -> Optional.of("timestamp");
            default -> decimal(type).map(known -> known.toLowerCase(Locale.ROOT));
        };
    }

    private static Optional<String> decimal(String type) {
        return Optional.of(plain(type)).filter(plain -> DECIMAL.matcher(plain).matches());
    }

    private static String plain(String type) {
        return type.toUpperCase(Locale.ROOT).replace(", ", ",");
    }

    /** What to write instead. */
    private static String cure(Manifest.Column column) {
        String type = plain(column.type());
        String name = '"' + column.name() + '"';
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION")) {
            return "Unnest it, or take to_json(" + name + ")::VARCHAR";
        }
        String cast = switch (type) {
            case "UINTEGER" -> "BIGINT";
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> "DECIMAL(20, 0)";
            case "TIMESTAMP_NS", "TIMESTAMP_S", "TIMESTAMP_MS" -> "TIMESTAMP";
            default -> "VARCHAR";
        };
        return "Cast it to " + cast;
    }

    private static String shortened(String type) {
        return type.length() > 60 ? type.substring(0, 60) + "…" : type;
    }

    private static Optional<String> redshiftName(String name) {
        int bytes = name.getBytes(UTF_8).length;
        return bytes <= REDSHIFT_NAME_BYTES
                ? Optional.empty()
                : Optional.of("Redshift has names of at most " + REDSHIFT_NAME_BYTES + " bytes, and this one has "
                        + bytes + ". Give it a shorter one with AS in that file.");
    }

    private static Optional<String> hiveName(String reader, String name) {
        return HIVE_NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(reader + " has names of letters, digits and underscores only, at most 128 of them."
                        + " Give it such a one with AS in that file.");
    }
}
