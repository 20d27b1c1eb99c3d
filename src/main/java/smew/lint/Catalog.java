package smew.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.duck.Bound;
import smew.duck.Duck;
import smew.duck.Origin;

/** What is known of the columns of relations; each bound relation is a view without rows in DuckDB, so that others bind on it. */
final class Catalog {

    /** How DuckDB calls the type of NULL, which fits in place of any other. */
    private static final String UNKNOWN_TYPE = "\"NULL\"";

    private final Duck duck;
    private final Map<String, Known> relations = new HashMap<>();

    /**
     * One relation.
     *
     * @param typed whether its types are those that a run would see
     */
    private record Known(List<Bound.Column> columns, boolean typed) {}

    Catalog(Duck duck) {
        this.duck = duck;
    }

    /** Takes in what a relation gives. */
    void add(String relation, List<Bound.Column> columns, boolean typed) {
        relations.put(Tree.key(relation), new Known(columns, typed));
        String list = String.join(
                ", ",
                columns.stream()
                        .map(column -> (column.type().equals(UNKNOWN_TYPE) ? "NULL" : "NULL::" + column.type()) + " AS "
                                + Duck.identifier(column.name()))
                        .toList());
        duck.execute(
                "CREATE OR REPLACE VIEW " + Duck.identifier(relation) + " AS SELECT " + list + " WHERE false",
                Origin.engine("Describing", relation));
    }

    /** The same where only names are known. */
    void addNames(String relation, List<String> names) {
        List<Bound.Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(new Bound.Column(name, UNKNOWN_TYPE)));
        add(relation, columns, false);
    }

    boolean knows(String relation) {
        return relations.containsKey(Tree.key(relation));
    }

    /** Whether the types of its columns are those that a run would see. */
    boolean isTyped(String relation) {
        return Optional.ofNullable(relations.get(Tree.key(relation)))
                .map(Known::typed)
                .orElse(false);
    }

    /** Its columns; none where nothing is known of it. */
    List<Bound.Column> columns(String relation) {
        return Optional.ofNullable(relations.get(Tree.key(relation)))
                .map(Known::columns)
                .orElse(List.of());
    }

    boolean has(String relation, String column) {
        return columns(relation).stream()
                .anyMatch(known -> Tree.key(known.name()).equals(column));
    }
}
