package smew.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Manifest;
import smew.release.SourceProfile;

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
     */
    public record Values(long nulls, long distinct, String smallest, String largest) {}

    /**
     * Looks at feature views, each once: one scan without sorting or grouping.
     *
     * @param duck where they exist by name
     * @param sources what is known of these
     */
    public static Profile of(Duck duck, List<SourceProfile> sources, List<Manifest.View> views) {
        Map<String, Long> rows = new LinkedHashMap<>();
        sources.forEach(source -> rows.put(source.name(), source.rows()));
        Map<String, List<Values>> columns = new LinkedHashMap<>();
        views.forEach(view -> columns.put(view.name(), values(duck, view)));
        return new Profile(rows, columns);
    }

    private static List<Values> values(Duck duck, Manifest.View view) {
        String aggregates = view.columns().stream().map(Profile::aggregates).collect(joining(", ", "[", "]"));
        List<String> texts = duck.texts(
                "SELECT unnest(texts) FROM (SELECT " + aggregates + " AS texts FROM " + Duck.identifier(view.name())
                        + ")",
                Origin.engine("Describing", view.name()));
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += 4) {
            values.add(new Values(
                    Long.parseLong(texts.get(i)),
                    Long.parseLong(texts.get(i + 1)),
                    texts.get(i + 2),
                    texts.get(i + 3)));
        }
        return values;
    }

    private static String aggregates(Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean ordered = ORDERED.contains(column.type())
                || (column.type().startsWith("DECIMAL") && column.type().endsWith(")"));
        return "(count(*) - count(" + name + "))::VARCHAR, approx_count_distinct(" + name + ")::VARCHAR, "
                + (ordered ? extreme("min", column) + ", " + extreme("max", column) : "'', ''");
    }

    /** Of finite numbers: infinities and NaN count as null for a model, too. */
    private static String extreme(String function, Manifest.Column column) {
        String name = Duck.identifier(column.name());
        boolean floating = column.type().equals("DOUBLE") || column.type().equals("FLOAT");
        return "coalesce((" + function + "(" + name + ")" + (floating ? " FILTER (isfinite(" + name + "))" : "")
                + ")::VARCHAR, '')";
    }
}
