package smew.lint;

import java.util.List;
import java.util.Set;
import smew.duck.Bound;
import smew.project.Kind;
import smew.project.LintRule;
import tools.jackson.databind.JsonNode;

/** {@code =} and {@code <>} between numbers that were computed with rounding; a comparison with a whole number may be meant. */
final class FloatEquality {

    private static final Set<String> TYPES = Set.of("DOUBLE", "FLOAT", "REAL", "FLOAT4", "FLOAT8");

    /** Calls that round whatever they are given. */
    private static final Set<String> ROUNDING = Set.of(
            "/",
            "avg",
            "mean",
            "sqrt",
            "cbrt",
            "exp",
            "ln",
            "log",
            "log2",
            "log10",
            "pow",
            "power",
            "**",
            "^",
            "sin",
            "cos",
            "tan",
            "stddev",
            "stddev_samp",
            "stddev_pop",
            "variance",
            "var_samp",
            "var_pop",
            "quantile_cont",
            "median");

    private final Script script;
    private final Catalog catalog;

    private FloatEquality(Script script, Catalog catalog) {
        this.script = script;
        this.catalog = catalog;
    }

    static void check(Script script, Catalog catalog) {
        if (script.kind() != Kind.TEST) {
            FloatEquality equality = new FloatEquality(script, catalog);
            Tree.all(script.query().node()).stream()
                    .filter(node -> Set.of("COMPARE_EQUAL", "COMPARE_NOTEQUAL").contains(Tree.type(node)))
                    .forEach(equality::check);
        }
    }

    private void check(JsonNode comparison) {
        JsonNode left = comparison.path("left");
        JsonNode right = comparison.path("right");
        if (isWhole(left) || isWhole(right)) {
            return;
        }
        boolean rounded = isRounded(left) || isRounded(right);
        boolean floats =
                (isFloat(left) && (isFloat(right) || isFraction(right))) || (isFloat(right) && isFraction(left));
        if (rounded || floats) {
            script.add(
                    LintRule.FLOAT_EQUALITY,
                    comparison,
                    script.text(comparison)
                            + " compares numbers that are rounded, so that equal ones may differ in the last digit.",
                    "Compare with a tolerance, abs(a - b) < 1e-9, or cast both to DECIMAL.");
        }
    }

    private static boolean isWhole(JsonNode node) {
        return node.path("literal").path("kind").asString("").equals("INTEGER");
    }

    private static boolean isFraction(JsonNode node) {
        return node.path("literal").path("kind").asString("").equals("NUMERIC");
    }

    private static boolean isRounded(JsonNode node) {
        return (Tree.is(node, "CAST")
                        && TYPES.contains(
                                node.path("type_expr").path("type_name").asString("")))
                || ((Tree.is(node, "FUNCTION") || Tree.is(node, "WINDOW")) && ROUNDING.contains(Tree.function(node)));
    }

    /** Whether a column is a floating-point number in every relation of this file that has it. */
    private boolean isFloat(JsonNode node) {
        List<String> types = Tree.columnName(node).stream()
                .flatMap(name -> script.file().reads().stream()
                        .flatMap(relation -> catalog.columns(relation).stream())
                        .filter(column -> Tree.key(column.name()).equals(name)))
                .map(Bound.Column::type)
                .toList();
        return !types.isEmpty() && TYPES.containsAll(types);
    }
}
