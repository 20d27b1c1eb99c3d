package smew.release;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import smew.duck.Duck;

/**
 * The one order of rows: by entity, by event time and its tie breakers, and where those leave ties, by all other columns. It
 * makes files and models independent of the order of the input, and it decides which row of an entity is the newest.
 */
public final class Newest {

    private Newest() {}

    /**
     * The columns to order by, all of them.
     *
     * @param columns every column of the relation
     */
    public static String order(List<String> entity, List<String> time, List<String> columns) {
        return keys(entity, time, columns).map(Duck::identifier).collect(joining(", "));
    }

    /**
     * A SELECT of the last row of each entity from a relation whose rows lie in the one order already: a scan without a sort,
     * in the order of the entities.
     */
    public static String selectFromOrdered(String relation, List<String> entity) {
        String last = entity.stream()
                .map(Duck::identifier)
                .map(key -> key + " IS DISTINCT FROM lead(" + key + ") OVER ()")
                .collect(joining(" OR "));
        return "SELECT * FROM " + relation + " QUALIFY " + last;
    }

    /** A SELECT of the newest row of each entity; where there is no event time, each entity has just one row. */
    public static String select(String relation, List<String> entity, List<String> time, List<String> columns) {
        String all = "SELECT * FROM " + relation;
        if (time.isEmpty()) {
            return all;
        }
        String partition = entity.stream().map(Duck::identifier).collect(joining(", "));
        String newestFirst = deciding(entity, time, columns)
                .map(column -> Duck.identifier(column) + " DESC NULLS FIRST")
                .collect(joining(", "));
        return all + " QUALIFY row_number() OVER (PARTITION BY " + partition + " ORDER BY " + newestFirst + ") = 1";
    }

    /** The columns that decide among the rows of one entity which is the newest, the first one first; the greatest value wins. */
    public static Stream<String> deciding(List<String> entity, List<String> time, List<String> columns) {
        return keys(List.of(), time, columns).filter(column -> !entity.contains(column));
    }

    private static Stream<String> keys(List<String> entity, List<String> time, List<String> columns) {
        return Stream.of(entity, time, columns).flatMap(List::stream).distinct();
    }
}
