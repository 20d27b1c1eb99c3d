package smew.release;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * What the rows of a run look like.
 *
 * @param sourceRows by source
 * @param columns by feature view, in the order of its columns
 */
public record Profile(Map<String, Long> sourceRows, Map<String, List<Values>> columns) {

    /** Where nobody looked. */
    public static final Profile NONE = new Profile(Map.of(), Map.of());

    private static final Set<String> ORDERED = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "FLOAT",
            "DOUBLE",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP WITH TIME ZONE");

    public Profile {
        sourceRows = Collections.unmodifiableMap(new LinkedHashMap<>(sourceRows));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /**
     * The values of one column.
     *
     * @param distinct about how many different ones (HyperLogLog, some per cent off)
     * @param smallest empty for text, whose values may be personal, and where all are null
     * @param mean of finite numbers, to six digits; empty for others
     */
    public record Values(long nulls, long distinct, String smallest, String largest, String mean) {}

    /**
     * One relation.
     *
     * @param values in the order of the columns
     */
    public record Shape(long rows, List<Manifest.Column> columns, List<Values> values) {
        public Shape {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }
    }

    /**
     * Looks at feature views, each once: one scan without sorting or grouping.
     *
     * @param duck where they exist by name
     * @param sources what is known of these
     */
    public static Profile of(Duck duck, List<RelationProfile> sources, List<Manifest.View> views) {
        Map<String, Long> rows = new LinkedHashMap<>();
        sources.forEach(source -> rows.put(source.name(), source.rows()));
        Map<String, List<Values>> columns = new LinkedHashMap<>();
        views.forEach(view -> columns.put(
                view.name(), shape(duck, view.name(), view.columns()).values()));
        return new Profile(rows, columns);
    }

    /**
     * Looks at one relation, once.
     *
     * @param columns all or some of its columns
     */
    public static Shape shape(Duck duck, String relation, List<Manifest.Column> columns) {
        String aggregates =
                columns.stream().map(Profile::aggregates).collect(joining(", ", "[count(*)::VARCHAR, ", "]"));
        List<String> texts = duck.texts(
                "SELECT unnest(texts) FROM (SELECT " + aggregates + " AS texts FROM " + Duck.identifier(relation) + ")",
                Origin.engine("Describing", relation));
        List<Values> values = new ArrayList<>();
        for (int i = 1; i < texts.size(); i += 5) {
            values.add(new Values(
                    Long.parseLong(texts.get(i)),
                    Long.parseLong(texts.get(i + 1)),
                    texts.get(i + 2),
                    texts.get(i + 3),
                    texts.get(i + 4)));
        }
        return new Shape(Long.parseLong(texts.getFirst()), columns, values);
    }

    private static String aggregates(Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean ordered = ORDERED.contains(column.type())
                || (column.type().startsWith("DECIMAL") && column.type().endsWith(")"));
        return "(count(*) - count(" + name + "))::VARCHAR, approx_count_distinct(" + name + ")::VARCHAR, "
                + (ordered ? extreme("min", column) + ", " + extreme("max", column) : "'', ''") + ", "
                + (ordered && !isTime(column) ? mean(column) : "''");
    }

    private static boolean isTime(Manifest.Column column) {
        return column.type().equals("DATE") || column.type().startsWith("TIMESTAMP");
    }

    private static String mean(Manifest.Column column) {
        String number = Duck.identifier(column.name()) + "::DOUBLE";
        return "coalesce(printf('%.6g', avg(" + number + ") FILTER (isfinite(" + number + "))), '')";
    }

    /** Of finite numbers: infinities and NaN count as null for a model, too. */
    private static String extreme(String function, Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean floating = column.type().equals("DOUBLE") || column.type().equals("FLOAT");
        return "coalesce((" + function + "(" + name + ")" + (floating ? " FILTER (isfinite(" + name + "))" : "")
                + ")::VARCHAR, '')";
    }
}
