package smew.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.project.LintRule;
import tools.jackson.databind.JsonNode;

/**
 * Windows of a file with {@code @time} that see what was not known yet. Only what the tree tells for sure is reported: a window that is
 * ordered by something else than the event time may be right.
 */
final class TimeWindows {

    /** What looks at the whole partition, whatever its frame. */
    private static final Set<String> WHOLE = Set.of("percent_rank", "cume_dist", "ntile");

    /** What does not look at its frame at all. */
    private static final Set<String> FRAMELESS = Set.of("row_number", "rank", "dense_rank", "rank_dense");

    private static final String EARLIER =
            "End the frame before the row, as in RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP.";

    private final Script script;
    private final List<String> entity;
    private final String time;

    private TimeWindows(Script script) {
        this.script = script;
        this.entity = script.entity();
        this.time = script.time().getFirst();
    }

    static void check(Script script) {
        if (script.makesFeatures() && !script.time().isEmpty()) {
            TimeWindows windows = new TimeWindows(script);
            for (Query query : script.query().everywhere()) {
                List<JsonNode> kept = Tree.all(query.node().path("qualify"));
                query.nodes().stream()
                        .filter(node -> Tree.is(node, "WINDOW"))
                        .forEach(window -> windows.check(window, kept.contains(window)));
            }
        }
    }

    /**
     * Looks at one window.
     *
     * @param chooses whether it chooses rows and gives no value
     */
    private void check(JsonNode window, boolean chooses) {
        String function = Tree.function(window);
        if (partitions(window).contains(time)) {
            // All rows of the window are of one moment.
            return;
        }
        if (WHOLE.contains(function)) {
            future(
                    window,
                    function + "() looks at all rows of its partition, later ones as well.",
                    "Count earlier rows instead, as in count(*) OVER (… RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP).");
        } else if (function.equals("lead") || function.equals("lag")) {
            checkStep(window, function);
        } else if (FRAMELESS.contains(function)) {
            checkRank(window, function, chooses);
        } else if (Tree.list(window, "orders").isEmpty()) {
            checkUnordered(window, function);
        } else {
            checkFrame(window);
        }
    }

    private void checkStep(JsonNode window, String function) {
        if (Tree.list(window, "orders").isEmpty()) {
            return;
        }
        boolean back = window.path("offset_expr")
                        .path("literal")
                        .path("text")
                        .asString("")
                        .startsWith("-")
                || Tree.arguments(window).stream().skip(1).limit(1).anyMatch(TimeWindows::isNegative);
        boolean later = function.equals("lead") ^ isDescending(window) ^ back;
        if (later) {
            future(
                    window,
                    script.text(window).split("\\(", 2)[0] + "() takes a value from a row that comes after this one"
                            + (isDescending(window) ? ", because the window is ordered by DESC." : "."),
                    "Take it from an earlier row, or leave it out: when the row came true it was not known.");
        }
    }

    private static boolean isNegative(JsonNode offset) {
        return (Tree.function(offset).equals("-") && Tree.arguments(offset).size() == 1)
                || offset.path("literal").path("text").asString("").startsWith("-");
    }

    private void checkRank(JsonNode window, String function, boolean chooses) {
        if (!chooses && isDescending(window) && isOrderedByTime(window) && isOfEntity(window)) {
            future(
                    window,
                    function + "() counts the rows that come after this one, because the window is ordered by " + time
                            + " DESC: the number changes with each new row.",
                    "Order by " + time + " without DESC.");
        }
    }

    private void checkUnordered(JsonNode window, String function) {
        if (isOfEntity(window)) {
            String whose =
                    partitions(window).isEmpty() ? "all rows" : "all rows of " + String.join(", ", partitions(window));
            future(
                    window,
                    function + "() without ORDER BY in its window looks at " + whose + ", later ones as well.",
                    "Write ORDER BY " + time
                            + " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP in the window.");
        }
    }

    private void checkFrame(JsonNode window) {
        String start = window.path("start").asString("");
        String end = window.path("end").asString("");
        boolean descending = isDescending(window);
        boolean later = descending ? isOrderedByTime(window) && start.contains("PRECEDING") : end.contains("FOLLOWING");
        String excluded = window.path("exclude_clause").asString("");
        String edge = descending ? start : end;
        if (later) {
            future(
                    window,
                    "The frame of " + script.text(window).split("\\(", 2)[0]
                            + "() reaches over rows that come after this one"
                            + (descending ? ", because the window is ordered by " + time + " DESC." : "."),
                    descending ? "Order by " + time + " without DESC. " + EARLIER : EARLIER);
        } else if (Set.of("CURRENT_ROW_RANGE", "CURRENT_ROW_GROUPS").contains(edge)
                && isOrderedByTime(window)
                && Tree.list(window, "orders").size() == 1
                && !Set.of("GROUP", "TIES").contains(excluded)
                && !Tree.function(window).equals("first_value")) {
            script.add(
                    LintRule.PEER_WINDOW,
                    window,
                    "The frame of " + script.text(window).split("\\(", 2)[0] + "() ends with the last row of the same "
                            + time + ", so that rows of one moment see each other.",
                    EARLIER + " To see the row itself, say what breaks ties: ORDER BY " + time + ", COLUMN ROWS ….");
        }
    }

    private void future(JsonNode window, String message, String hint) {
        script.add(LintRule.FUTURE_WINDOW, window, message, hint);
    }

    private static boolean isDescending(JsonNode window) {
        return Tree.list(window, "orders").stream()
                .limit(1)
                .anyMatch(order -> Tree.type(order).equals("DESCENDING"));
    }

    private boolean isOrderedByTime(JsonNode window) {
        return Tree.list(window, "orders").stream()
                .limit(1)
                .flatMap(order -> Tree.columnName(order.path("expression")).stream())
                .anyMatch(time::equals);
    }

    /** Whether the rows of one window are those of an entity or of more, not those of some smaller thing. */
    private boolean isOfEntity(JsonNode window) {
        return Tree.list(window, "partitions").stream()
                .allMatch(part -> Tree.columnName(part).filter(entity::contains).isPresent());
    }

    private static List<String> partitions(JsonNode window) {
        return Tree.list(window, "partitions").stream()
                .map(Tree::columnName)
                .flatMap(Optional::stream)
                .toList();
    }
}
