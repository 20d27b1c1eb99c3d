package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Manifest;
import smew.release.SourceProfile;

/** Describes the rows of a source that is a table: one scan, and a second one of the columns that hold few texts. */
final class SourceScan {

    /** A column of more texts is no category. */
    static final int MOST_VALUES = 50;

    /** Rows to each text: where there are fewer, texts may be names of people. */
    private static final int ROWS_OF_A_VALUE = 20;

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");
    private static final Set<String> LIMITLESS =
            Set.of("FLOAT", "DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE");

    private final Duck duck;
    private final String name;
    private final List<Manifest.Column> columns;

    private final boolean whole;

    private SourceScan(Duck duck, String name, List<Manifest.Column> columns, boolean whole) {
        this.whole = whole;
        this.duck = duck;
        this.name = name;
        this.columns = columns;
    }

    /**
     * Looks at a source.
     *
     * @param whole whether all of its rows are here: of a part, texts are kept whatever their number of rows, until {@link SourceMerge}
     *     knows all of them
     */
    static SourceProfile of(Duck duck, String source, long rows, List<Manifest.Column> columns, boolean whole) {
        return new SourceScan(duck, source, columns, whole).profile(rows);
    }

    /** Whether so many different texts of a column are told. */
    static boolean keeps(long values, long rows) {
        return values <= MOST_VALUES && values * ROWS_OF_A_VALUE <= rows;
    }

    private SourceProfile profile(long rows) {
        List<String> texts = texts(columns.stream().map(SourceScan::aggregates).collect(joining(", ", "[", "]")));
        List<List<String>> values = values(rows, texts);
        List<SourceProfile.Column> described = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            described.add(new SourceProfile.Column(
                    columns.get(i).name(),
                    columns.get(i).type(),
                    Long.parseLong(texts.get(4 * i)),
                    present(texts.get(4 * i + 1)),
                    present(texts.get(4 * i + 2)),
                    values.get(i).isEmpty() ? Optional.empty() : Optional.of(values.get(i))));
        }
        return new SourceProfile(name, rows, described);
    }

    private List<String> texts(String list) {
        return duck.texts(
                "SELECT unnest(texts) FROM (SELECT " + list + " AS texts FROM " + Duck.identifier(name) + ")",
                Origin.engine("Describing", name));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Nulls, smallest, largest, and of texts about how many different ones there are. */
    private static String aggregates(Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean text = column.type().equals("VARCHAR");
        return "(count(*) - count(" + name + "))::VARCHAR, " + extreme("min", column) + ", " + extreme("max", column)
                + ", " + (text ? "approx_count_distinct(" + name + ")::VARCHAR" : "'0'");
    }

    private static String extreme(String function, Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean decimal = column.type().startsWith("DECIMAL") && column.type().endsWith(")");
        if (NUMBERS.contains(column.type()) || decimal) {
            return "coalesce(" + function + "(" + name + ")::VARCHAR, '')";
        }
        if (!LIMITLESS.contains(column.type())) {
            return "''";
        }
        // Zero and minus zero are equal, and the order of rows would choose; the zone is that of the machine.
        String shown = switch (column.type()) {
            case "FLOAT", "DOUBLE" -> " + 0";
            case "TIMESTAMP WITH TIME ZONE" -> " AT TIME ZONE 'UTC'";
            default -> "";
        };
        return "coalesce(((" + function + "(" + name + ") FILTER (isfinite(" + name + ")))" + shown + ")::VARCHAR, '')";
    }

    /** The texts of each column that has few; none of the others. */
    private List<List<String>> values(long rows, List<String> texts) {
        List<List<String>> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long about = Long.parseLong(texts.get(4 * i + 3));
            // The count is some per cent off: whether a column is kept must hang on the exact one.
            boolean few = about > 0 && about <= 2 * MOST_VALUES;
            List<String> found = few ? values(Duck.identifier(columns.get(i).name())) : List.of();
            values.add(keeps(found.size(), whole ? rows : Long.MAX_VALUE) ? found : List.of());
        }
        return values;
    }

    private List<String> values(String column) {
        return duck.texts(
                "SELECT DISTINCT " + column + " FROM " + Duck.identifier(name) + " WHERE " + column
                        + " IS NOT NULL ORDER BY ALL",
                Origin.engine("Describing", name));
    }
}
