package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Histogram;
import smew.release.Manifest;
import smew.release.RelationProfile;
import tools.jackson.databind.JsonNode;

/** Describes the rows of a table: one scan of all columns, and one of each column that has a distribution. */
final class RelationScan {

    /** A column of more texts is no category. */
    static final int MOST_VALUES = 50;

    /** Rows to each text: where there are fewer, texts may be names of people. */
    private static final int ROWS_OF_A_VALUE = 20;

    private static final int SAMPLED = 20;

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");
    private static final Set<String> LIMITLESS =
            Set.of("FLOAT", "DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE");

    private final Duck duck;
    private final String name;
    private final String table;
    private final List<Manifest.Column> columns;
    private final boolean whole;

    private RelationScan(Duck duck, String name, String table, List<Manifest.Column> columns, boolean whole) {
        this.duck = duck;
        this.name = name;
        this.table = Duck.identifier(table);
        this.columns = columns;
        this.whole = whole;
    }

    /**
     * Looks at a relation.
     *
     * @param table its rows
     * @param whole whether all of its rows are here: of a part, texts are kept whatever their number of rows, until {@link ProfileMerge}
     *     knows all of them
     */
    static RelationProfile of(
            Duck duck, String name, String table, long rows, List<Manifest.Column> columns, boolean whole) {
        return new RelationScan(duck, name, table, columns, whole).profile(rows);
    }

    /** The columns alone, of all rows. */
    static List<RelationProfile.Column> columns(Duck duck, String table, long rows, List<Manifest.Column> columns) {
        return new RelationScan(duck, table, table, columns, true).columns(rows);
    }

    /** Whether so many different texts of a column are told. */
    static boolean keeps(long values, long rows) {
        return values <= MOST_VALUES && values * ROWS_OF_A_VALUE <= rows;
    }

    /** A row and the hash of all of its values. */
    record Hashed(String hash, JsonNode cells) {}

    /**
     * Those of rows that a sample has.
     *
     * @param whole whether they were picked from all rows, and no other part will be looked at
     */
    static List<RelationProfile.Row> sampled(Stream<Hashed> rows, boolean whole) {
        return rows.sorted((left, right) ->
                        Long.compareUnsigned(Long.parseUnsignedLong(left.hash()), Long.parseUnsignedLong(right.hash())))
                .limit(SAMPLED)
                .map(row -> new RelationProfile.Row(whole ? Optional.empty() : Optional.of(row.hash()), row.cells()))
                .toList();
    }

    /** What the first scan finds of a column, as texts. */
    private record First(String nulls, String smallest, String largest, String least, String most, String distinct) {

        private static final int TEXTS = 6;

        private static First of(List<String> texts, int column) {
            List<String> own = texts.subList(TEXTS * column, TEXTS * (column + 1));
            return new First(own.get(0), own.get(1), own.get(2), own.get(3), own.get(4), own.get(5));
        }
    }

    /** How many rows have a text. */
    private record Counted(String value, long rows) {}

    private RelationProfile profile(long rows) {
        List<RelationProfile.Column> described = columns(rows);
        return new RelationProfile(name, rows, described, Optional.of(sample(described)));
    }

    private List<RelationProfile.Column> columns(long rows) {
        List<String> texts = texts("SELECT unnest(texts) FROM (SELECT "
                + columns.stream().map(RelationScan::aggregates).collect(joining(", ", "[", "]")) + " AS texts FROM "
                + table + ")");
        List<RelationProfile.Column> described = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            described.add(column(columns.get(i), First.of(texts, i), rows));
        }
        return described;
    }

    private RelationProfile.Column column(Manifest.Column column, First first, long rows) {
        Optional<List<Counted>> values = values(column, Long.parseLong(first.distinct()), rows);
        return new RelationProfile.Column(
                column.name(),
                column.type(),
                Long.parseLong(first.nulls()),
                present(first.smallest()),
                present(first.largest()),
                values.map(all -> all.stream().map(Counted::value).toList()),
                values.map(all -> all.stream().map(Counted::rows).toList()),
                histogram(column, first));
    }

    private List<String> texts(String select) {
        return duck.texts(select, Origin.engine("Describing", name));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The texts of {@link First}. */
    private static String aggregates(Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean text = column.type().equals("VARCHAR");
        return String.join(
                ", ",
                "(count(*) - count(" + name + "))::VARCHAR",
                extreme("min", column),
                extreme("max", column),
                bound("min", column),
                bound("max", column),
                text ? "approx_count_distinct(" + name + ")::VARCHAR" : "'0'");
    }

    private static boolean isDecimal(String type) {
        return type.startsWith("DECIMAL") && type.endsWith(")");
    }

    private static String extreme(String function, Manifest.Column column) {
        String name = Duck.identifier(column.name());
        if (NUMBERS.contains(column.type()) || isDecimal(column.type())) {
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

    /** A value on the line of numbers, see {@link Histogram}; empty of types that have no such line. */
    private static Optional<String> onLine(String type, String value) {
        if (NUMBERS.contains(type) || isDecimal(type)) {
            return Optional.of(value + "::DOUBLE");
        }
        return switch (type) {
            case "FLOAT", "DOUBLE" -> Optional.of("(" + value + "::DOUBLE + 0)");
            case "BOOLEAN" -> Optional.of(value + "::INTEGER::DOUBLE");
            case "DATE" -> Optional.of("(" + value + " - DATE '1970-01-01')::DOUBLE");
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> Optional.of("epoch(" + value + ")::DOUBLE");
            default -> Optional.empty();
        };
    }

    private static String finite(Manifest.Column column) {
        return LIMITLESS.contains(column.type()) ? "isfinite(" + Duck.identifier(column.name()) + ")" : "true";
    }

    /** Where the smallest or the largest value is on that line. */
    private static String bound(String function, Manifest.Column column) {
        String value = "(" + function + "(" + Duck.identifier(column.name()) + ") FILTER (" + finite(column) + "))";
        return onLine(column.type(), value)
                .map(found -> "coalesce(" + found + "::VARCHAR, '')")
                .orElse("''");
    }

    private Optional<Histogram> histogram(Manifest.Column column, First first) {
        if (first.least().isEmpty()) {
            return Optional.empty();
        }
        boolean fractions = column.type().equals("FLOAT") || column.type().equals("DOUBLE") || isDecimal(column.type());
        int exponent =
                Histogram.exponent(Double.parseDouble(first.least()), Double.parseDouble(first.most()), !fractions);
        String name = Duck.identifier(column.name());
        // The inverse of a power of two is exact.
        String bin = "floor(" + onLine(column.type(), name).orElseThrow() + " * " + Math.scalb(1.0, -exponent)
                + "::DOUBLE)::BIGINT";
        Map<Long, Long> bins = new TreeMap<>();
        counted(bin, name + " IS NOT NULL AND " + finite(column))
                .forEach(one -> bins.put(Long.parseLong(one.value()), one.rows()));
        List<Long> numbers = List.copyOf(bins.keySet());
        return Optional.of(new Histogram(
                exponent,
                numbers.getFirst(),
                LongStream.rangeClosed(numbers.getFirst(), numbers.getLast())
                        .mapToObj(number -> bins.getOrDefault(number, 0L))
                        .toList()));
    }

    /** How many rows have which value, sorted by it. */
    private List<Counted> counted(String value, String where) {
        return texts("SELECT count(*) || ' ' || value FROM (SELECT " + value + " AS value FROM " + table + " WHERE "
                        + where + ") GROUP BY value ORDER BY value")
                .stream()
                .map(line -> line.split(" ", 2))
                .map(line -> new Counted(line[1], Long.parseLong(line[0])))
                .toList();
    }

    /** The texts of a column that has few, sorted. */
    private Optional<List<Counted>> values(Manifest.Column column, long about, long rows) {
        // The count is some per cent off: whether a column is kept must hang on the exact one.
        if (about == 0 || about > 2 * MOST_VALUES) {
            return Optional.empty();
        }
        String name = Duck.identifier(column.name());
        List<Counted> found = counted(name, name + " IS NOT NULL");
        return found.isEmpty() || !keeps(found.size(), whole ? rows : Long.MAX_VALUE)
                ? Optional.empty()
                : Optional.of(found);
    }

    private RelationProfile.Sample sample(List<RelationProfile.Column> described) {
        List<RelationProfile.Column> shown =
                described.stream().filter(RelationScan::isShown).toList();
        String texts = shown.stream().map(RelationScan::text).collect(joining(", "));
        String all =
                columns.stream().map(column -> Duck.identifier(column.name())).collect(joining(", ", "hash(", ")"));
        Stream<Hashed> rows = texts("SELECT " + all + " || ' ' || json_array(" + texts + ") FROM (FROM " + table
                        + " ORDER BY " + all + " LIMIT " + SAMPLED + ")")
                .stream()
                .map(line -> line.split(" ", 2))
                .map(line -> new Hashed(line[0], Json.tree(line[1])));
        return new RelationProfile.Sample(
                shown.stream().map(RelationProfile.Column::name).toList(), sampled(rows, whole));
    }

    /** Texts of which there are many, and what may hold such, tell too much. */
    static boolean isShown(RelationProfile.Column column) {
        return column.histogram().isPresent()
                || column.values().isPresent()
                || onLine(column.type(), "").isPresent();
    }

    private static String text(RelationProfile.Column column) {
        String name = Duck.identifier(column.name());
        return column.type().equals("TIMESTAMP WITH TIME ZONE")
                ? "(" + name + " AT TIME ZONE 'UTC')::VARCHAR"
                : name + "::VARCHAR";
    }
}
