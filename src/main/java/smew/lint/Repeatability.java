package smew.lint;

import java.util.List;
import java.util.Set;
import smew.project.Kind;
import smew.project.LintRule;
import tools.jackson.databind.JsonNode;

/** What makes two runs on the same inputs differ: the clock, chance, and an order that nothing gives. */
final class Repeatability {

    private static final Set<String> CLOCK_WORDS =
            Set.of("current_date", "current_timestamp", "current_time", "localtimestamp", "localtime");

    private static final Set<String> CLOCK_CALLS = Set.of(
            "now",
            "today",
            "get_current_timestamp",
            "get_current_time",
            "current_date",
            "current_localtimestamp",
            "current_localtime",
            "transaction_timestamp");

    private static final Set<String> CHANCE =
            Set.of("random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "setseed", "nextval");

    /** Aggregates whose answer depends on the order of rows. */
    private static final Set<String> ORDERED_AGGREGATES = Set.of(
            "first", "last", "any_value", "arbitrary", "list", "array_agg", "string_agg", "group_concat", "listagg");

    private static final Set<String> ORDERED_WINDOWS =
            Set.of("row_number", "first_value", "last_value", "nth_value", "lag", "lead", "first", "last");

    private Repeatability() {}

    static void check(Script script) {
        for (Query query : script.query().everywhere()) {
            query.nodes().forEach(node -> check(script, node));
            if (script.makesOutputs()) {
                checkModifiers(script, query);
            }
        }
    }

    private static void check(Script script, JsonNode node) {
        if (script.kind() != Kind.TEST && asksClock(node)) {
            script.add(
                    LintRule.CLOCK,
                    node,
                    script.text(node)
                            + " is another moment in every run, so that an old release cannot be made again, and"
                            + " --as-of changes nothing.",
                    "Write getvariable('as_of')::DATE, the date a run pretends to be today.");
        }
        if (!script.makesOutputs()) {
            return;
        }
        if (Tree.is(node, "FUNCTION") && CHANCE.contains(Tree.function(node))) {
            script.add(
                    LintRule.RANDOM,
                    node,
                    script.text(node) + " is another value in every run, so that no release can be made again.",
                    "Derive it from the row: hash(COLUMN) is as good as chance, and stays.");
        } else if (node.path("sample").path("seed").asInt(0) < 0) {
            script.add(
                    LintRule.RANDOM,
                    node,
                    "This sample takes other rows in every run, so that no release can be made again.",
                    "Give it a seed with REPEATABLE (42), or choose rows by hash(COLUMN) % 100 < 10.");
        } else {
            checkOrder(script, node);
        }
    }

    private static boolean asksClock(JsonNode node) {
        List<String> column = Tree.column(node);
        String function = Tree.is(node, "FUNCTION") ? Tree.function(node) : "";
        return (column.size() == 1 && CLOCK_WORDS.contains(column.getFirst()))
                || CLOCK_CALLS.contains(function)
                || (function.equals("age") && Tree.arguments(node).size() == 1);
    }

    private static void checkOrder(Script script, JsonNode node) {
        String function = Tree.function(node);
        if (Tree.is(node, "FUNCTION")
                && ORDERED_AGGREGATES.contains(function)
                && Tree.list(node.path("order_bys"), "orders").isEmpty()) {
            script.add(
                    LintRule.UNORDERED,
                    node,
                    function + "() without ORDER BY depends on the order in which rows happen to come.",
                    "Write " + function + "(" + argument(script, node) + " ORDER BY COLUMN).");
        } else if (Tree.is(node, "WINDOW")
                && ORDERED_WINDOWS.contains(function)
                && Tree.list(node, "orders").isEmpty()
                && !numbersTheFile(script, node, function)) {
            script.add(
                    LintRule.UNORDERED,
                    node,
                    function + "() without ORDER BY in its window depends on the order in which rows happen to come.",
                    "Write ORDER BY and what tells rows apart in the window.");
        }
    }

    /** A source that numbers rows keeps the order of its file, which DuckDB does too. */
    private static boolean numbersTheFile(Script script, JsonNode window, String function) {
        return script.kind() == Kind.SOURCE
                && function.equals("row_number")
                && Tree.list(window, "partitions").isEmpty();
    }

    private static String argument(Script script, JsonNode call) {
        return Tree.arguments(call).stream().findFirst().map(script::text).orElse("…");
    }

    private static void checkModifiers(Script script, Query query) {
        List<JsonNode> modifiers = Tree.list(query.node(), "modifiers");
        boolean ordered =
                modifiers.stream().anyMatch(modifier -> Tree.type(modifier).equals("ORDER_MODIFIER"));
        if (ordered) {
            return;
        }
        for (JsonNode modifier : modifiers) {
            boolean limit = Tree.type(modifier).startsWith("LIMIT");
            JsonNode limited = modifier.path("limit").isObject() ? modifier.path("limit") : modifier.path("offset");
            if (limit && limited.isObject()) {
                script.add(
                        LintRule.UNORDERED,
                        limited,
                        "LIMIT without ORDER BY takes whatever rows happen to come first.",
                        "Write ORDER BY and what tells rows apart before it.");
            } else if (!Tree.list(modifier, "distinct_on_targets").isEmpty()) {
                script.add(
                        LintRule.UNORDERED,
                        modifier.path("distinct_on_targets").get(0),
                        "DISTINCT ON without ORDER BY keeps whatever row happens to come first.",
                        "Write ORDER BY with these columns, and then what says which row to keep.");
            }
        }
    }
}
