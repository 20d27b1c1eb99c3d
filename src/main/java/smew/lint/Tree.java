package smew.lint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads nodes of DuckDB's syntax tree, as {@code json_serialize_sql} of 2.0 writes it. */
final class Tree {

    private Tree() {}

    /** A node and all below it, in the order of the tree. */
    static List<JsonNode> all(JsonNode node) {
        return walk(List.of(node), _ -> true);
    }

    /** The same without the insides of other queries. */
    static List<JsonNode> level(JsonNode query) {
        List<JsonNode> found = new ArrayList<>(List.of(query));
        found.addAll(walk(query.valueStream().toList(), node -> !isQuery(node)));
        return found;
    }

    /** Walks without recursion: a tree may be deeper than the stack. */
    private static List<JsonNode> walk(List<JsonNode> roots, Predicate<JsonNode> enter) {
        List<JsonNode> found = new ArrayList<>();
        Deque<JsonNode> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (enter.test(node)) {
                found.add(node);
                List<JsonNode> children = new ArrayList<>();
                node.forEach(children::add);
                Collections.reverse(children);
                children.forEach(open::push);
            }
        }
        return found;
    }

    static boolean isQuery(JsonNode node) {
        return type(node).endsWith("_NODE") && node.has("modifiers");
    }

    static String type(JsonNode node) {
        return node.path("type").asString("");
    }

    static boolean is(JsonNode node, String kind) {
        return node.path("class").asString("").equals(kind);
    }

    /** What a call or window calls, in lower case. */
    static String function(JsonNode node) {
        return key(node.path("function_name").asString(""));
    }

    static List<JsonNode> list(JsonNode node, String name) {
        return node.path(name).valueStream().toList();
    }

    /** The arguments of a call, without their names. */
    static List<JsonNode> arguments(JsonNode call) {
        return list(call, "arguments").stream()
                .map(argument -> argument.path("expression"))
                .toList();
    }

    /** The parts of a reference to a column; empty for anything else. */
    static List<String> column(JsonNode node) {
        return is(node, "COLUMN_REF")
                ? node.path("column_names")
                        .valueStream()
                        .map(part -> key(part.asString()))
                        .toList()
                : List.of();
    }

    /** The name of the column that a node is, without what it is of. */
    static Optional<String> columnName(JsonNode node) {
        List<String> parts = column(node);
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
    }

    /** What an item of a SELECT is called, where its text says so. */
    static Optional<String> name(JsonNode item) {
        String alias = item.path("alias").asString("");
        return alias.isEmpty()
                ? column(item).isEmpty()
                        ? Optional.empty()
                        : Optional.of(item.path("column_names")
                                .get(item.path("column_names").size() - 1)
                                .asString())
                : Optional.of(alias);
    }

    static boolean isStar(JsonNode node) {
        return is(node, "STAR");
    }

    /** Names are the same in upper and lower case. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
