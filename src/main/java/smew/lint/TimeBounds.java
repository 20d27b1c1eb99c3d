package smew.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import smew.project.LintRule;
import tools.jackson.databind.JsonNode;

/**
 * Aggregates and joins of a file with {@code @time} that bring together all rows of an entity, later ones as well. Both count only where
 * each side is known to have the event time.
 */
final class TimeBounds {

    private static final Set<String> AGGREGATES = Set.of(
            "count",
            "count_star",
            "sum",
            "avg",
            "mean",
            "min",
            "max",
            "median",
            "mode",
            "stddev",
            "stddev_samp",
            "stddev_pop",
            "variance",
            "var_samp",
            "var_pop",
            "quantile_cont",
            "quantile_disc",
            "list",
            "array_agg",
            "string_agg",
            "first",
            "last",
            "any_value",
            "arg_max",
            "arg_min",
            "max_by",
            "min_by",
            "count_if",
            "bool_or",
            "bool_and",
            "approx_count_distinct",
            "sum_no_overflow",
            "fsum",
            "favg",
            "kurtosis",
            "skewness",
            "entropy",
            "product");

    private static final Set<String> INEQUALITIES = Set.of(
            "COMPARE_LESSTHAN", "COMPARE_GREATERTHAN", "COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO");

    private final Script script;
    private final Catalog catalog;
    private final List<String> entity;
    private final String time;

    private TimeBounds(Script script, Catalog catalog) {
        this.script = script;
        this.catalog = catalog;
        this.entity = script.entity();
        this.time = script.time().getFirst();
    }

    static void check(Script script, Catalog catalog) {
        if (script.makesFeatures()
                && !script.time().isEmpty()
                && !script.entity().isEmpty()) {
            TimeBounds bounds = new TimeBounds(script, catalog);
            script.query().everywhere().forEach(query -> {
                bounds.checkAggregate(query);
                bounds.checkJoins(query);
            });
        }
    }

    /** One row for each entity, out of rows of all times, that does not say itself of when it is. */
    private void checkAggregate(Query query) {
        List<JsonNode> groups = Tree.list(query.node(), "group_expressions");
        List<JsonNode> aggregates = query.items().stream()
                .flatMap(item -> Tree.level(item).stream())
                .filter(node -> Tree.is(node, "FUNCTION") && AGGREGATES.contains(Tree.function(node)))
                .toList();
        boolean byEntity = !groups.isEmpty() && groups.stream().allMatch(this::isEntity);
        boolean timed = query.tables().stream().anyMatch(table -> query.has(table, time, catalog));
        boolean dated = query.items().stream()
                .anyMatch(item ->
                        Tree.name(item).map(Tree::key).filter(time::equals).isPresent());
        if (!aggregates.isEmpty() && byEntity && timed && !dated && !isBounded(query)) {
            String of = String.join(", ", entity);
            script.add(
                    LintRule.UNBOUNDED_AGGREGATE,
                    aggregates.getFirst(),
                    Tree.function(aggregates.getFirst()).replace("_star", "") + "() over all rows of " + of
                            + ": a row of an old " + time + " would know what came later.",
                    "Use a window, as in OVER (PARTITION BY " + of + " ORDER BY " + time
                            + " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP), or join rows of an earlier "
                            + time + " only.");
        }
    }

    private void checkJoins(Query query) {
        for (JsonNode node : query.nodes()) {
            if (Tree.type(node).equals("JOIN")
                    && node.path("ref_type").asString("").equals("REGULAR")
                    && isTimed(query, node.path("left"))
                    && isTimed(query, node.path("right"))
                    && joinsEntities(node)
                    && !isBounded(query)) {
                String of = String.join(", ", entity);
                script.add(
                        LintRule.UNBOUNDED_JOIN,
                        node,
                        "The join by " + of + " alone pairs each row with every row of the same " + of
                                + ", later ones as well.",
                        "Add a condition on " + time + ", such as AND earlier." + time + " < now." + time
                                + ", use ASOF JOIN, or join by what names one row.");
            }
        }
    }

    private boolean isTimed(Query query, JsonNode side) {
        List<JsonNode> tables = new ArrayList<>();
        gather(side, tables);
        return tables.stream().anyMatch(table -> query.has(table, time, catalog));
    }

    private static void gather(JsonNode side, List<JsonNode> tables) {
        if (Tree.type(side).equals("JOIN")) {
            gather(side.path("left"), tables);
            gather(side.path("right"), tables);
        } else {
            tables.add(side);
        }
    }

    /** Whether a join compares entity keys and nothing else. */
    private boolean joinsEntities(JsonNode join) {
        List<String> using = join.path("using_columns")
                .valueStream()
                .map(name -> Tree.key(name.asString()))
                .toList();
        if (!using.isEmpty()) {
            return entity.containsAll(using);
        }
        Set<String> compared = new HashSet<>();
        for (JsonNode node : Tree.all(join.path("condition"))) {
            if (Tree.is(node, "COMPARISON")) {
                boolean keys = Tree.type(node).equals("COMPARE_EQUAL")
                        && isEntity(node.path("left"))
                        && isEntity(node.path("right"));
                compared.add(keys ? "key" : "other");
            } else if (!Tree.type(node).equals("CONJUNCTION_AND")
                    && node.has("class")
                    && !Tree.is(node, "COLUMN_REF")) {
                compared.add("other");
            }
        }
        return compared.equals(Set.of("key"));
    }

    /** Whether a query compares the time of a row with that of another, anywhere: a bound by a constant bounds nothing. */
    private boolean isBounded(Query query) {
        return query.nodes().stream()
                .filter(node -> INEQUALITIES.contains(Tree.type(node)) || Tree.is(node, "BETWEEN"))
                .anyMatch(node -> Tree.all(node).stream()
                                .filter(part -> Tree.is(part, "COLUMN_REF"))
                                .count()
                        > 1);
    }

    private boolean isEntity(JsonNode node) {
        return Tree.columnName(node).filter(entity::contains).isPresent();
    }
}
