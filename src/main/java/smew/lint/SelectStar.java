package smew.lint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.duck.Bound;
import smew.project.Kind;
import smew.project.LintRule;
import tools.jackson.databind.JsonNode;

/**
 * {@code SELECT *} in a feature view or model, where the columns it takes are named nowhere in the file. A star over a CTE that names its
 * columns is fine, and so is one in a CTE out of which the outermost SELECT names what it takes.
 */
final class SelectStar {

    /** More names than this are no help in a message. */
    private static final int LISTED_COLUMNS = 30;

    private SelectStar() {}

    static void check(Script script, Catalog catalog) {
        if (script.makesFeatures()) {
            script.query().selects().forEach(select -> check(script, catalog, select));
        }
    }

    private static void check(Script script, Catalog catalog, Query select) {
        for (JsonNode star : select.items()) {
            if (Tree.isStar(star)) {
                select.tables().stream()
                        .filter(table -> Query.isOf(star, table))
                        .forEach(table -> follow(script, catalog, select, star, table));
            }
        }
    }

    private static void follow(Script script, Catalog catalog, Query select, JsonNode star, JsonNode table) {
        Optional<Query> inner = select.query(table);
        Optional<String> relation = select.relation(table);
        if (inner.isPresent()) {
            check(script, catalog, inner.get());
        } else if (relation.isPresent()) {
            report(script, catalog, star, relation.get());
        }
    }

    private static void report(Script script, Catalog catalog, JsonNode star, String relation) {
        String becomes = script.kind() == Kind.MODEL ? "an input of the model" : "a feature";
        List<Bound.Column> columns = catalog.columns(relation);
        String listed = columns.isEmpty() || columns.size() > LISTED_COLUMNS
                ? "Name the columns"
                : "Name the columns, of which there are "
                        + columns.stream().map(Bound.Column::name).collect(Collectors.joining(", "));
        script.add(
                LintRule.SELECT_STAR,
                star,
                script.text(star) + " takes whatever " + relation + " has: a column that is added there becomes "
                        + becomes + " without anybody deciding so.",
                listed + ", or write -- @lint off select-star REASON at the top of the file.");
    }
}
