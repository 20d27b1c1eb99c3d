package smew.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One query of a file: the outermost, a CTE, or one in parentheses.
 *
 * @param node its part of the tree
 * @param ctes those that are visible in it, by name in lower case
 */
record Query(JsonNode node, Map<String, Query> ctes) {

    /** CTEs that name each other in a circle cannot be written; one that names itself is this deep at most. */
    private static final int DEPTH = 50;

    static Query outermost(JsonNode root) {
        return of(root.path("statements").path(0).path("node"), Map.of());
    }

    private static Query of(JsonNode node, Map<String, Query> visible) {
        Map<String, Query> inside = new HashMap<>(visible);
        for (JsonNode cte : node.path("cte_map").path("map")) {
            inside.put(
                    Tree.key(cte.path("key").asString()), of(cte.path("value").path("query_node"), Map.copyOf(inside)));
        }
        return new Query(node, inside);
    }

    /** This query and every one inside, each with the CTEs that are visible there. */
    List<Query> everywhere() {
        List<Query> found = new ArrayList<>();
        gather(found);
        return found;
    }

    private void gather(List<Query> found) {
        found.add(this);
        for (JsonNode cte : node.path("cte_map").path("map")) {
            Optional.ofNullable(ctes.get(Tree.key(cte.path("key").asString()))).ifPresent(query -> query.gather(found));
        }
        inside().forEach(query -> of(query, ctes).gather(found));
    }

    /** Queries directly in this one, without its CTEs. */
    private List<JsonNode> inside() {
        List<JsonNode> found = new ArrayList<>();
        node.properties().forEach(property -> {
            if (!property.getKey().equals("cte_map")) {
                below(property.getValue(), found);
            }
        });
        return found;
    }

    private static void below(JsonNode node, List<JsonNode> found) {
        if (Tree.isQuery(node)) {
            found.add(node);
        } else {
            node.forEach(child -> below(child, found));
        }
    }

    /** The SELECTs that give its rows: itself, or the sides of UNION and the like. */
    List<Query> selects() {
        if (Tree.type(node).equals("SELECT_NODE")) {
            return List.of(this);
        }
        return inside().stream()
                .flatMap(query -> of(query, ctes).selects().stream())
                .toList();
    }

    List<JsonNode> items() {
        return Tree.list(node, "select_list");
    }

    /** What it reads: tables, subqueries and the like, without the joins between them. */
    List<JsonNode> tables() {
        List<JsonNode> found = new ArrayList<>();
        tables(node.path("from_table"), found);
        return found;
    }

    private static void tables(JsonNode from, List<JsonNode> found) {
        if (Tree.type(from).equals("JOIN")) {
            tables(from.path("left"), found);
            tables(from.path("right"), found);
        } else if (from.isObject()) {
            found.add(from);
        }
    }

    /** Its nodes, without the insides of other queries. */
    List<JsonNode> nodes() {
        return Tree.level(node);
    }

    /** The query that a table stands for, where it is a CTE or a subquery. */
    Optional<Query> query(JsonNode table) {
        return switch (Tree.type(table)) {
            case "SUBQUERY" -> Optional.of(of(table.path("subquery").path("node"), ctes));
            case "BASE_TABLE" -> Optional.ofNullable(ctes.get(tableName(table)));
            default -> Optional.empty();
        };
    }

    /** The relation of the project that a table stands for, in lower case. */
    Optional<String> relation(JsonNode table) {
        return Tree.type(table).equals("BASE_TABLE") && !ctes.containsKey(tableName(table))
                ? Optional.of(tableName(table))
                : Optional.empty();
    }

    private static String tableName(JsonNode table) {
        return Tree.key(table.path("table_name").asString(""));
    }

    /** What a table is called in this query. */
    static String alias(JsonNode table) {
        String alias = table.path("alias").asString("");
        return Tree.key(alias.isEmpty() ? table.path("table_name").asString("") : alias);
    }

    /** Whether its rows have a column of this name, as far as can be told. */
    boolean gives(String column, Catalog catalog) {
        return gives(column, catalog, DEPTH);
    }

    private boolean gives(String column, Catalog catalog, int depth) {
        if (depth == 0) {
            return false;
        }
        return selects().stream()
                .limit(1)
                .anyMatch(select -> select.items().stream()
                        .anyMatch(item -> Tree.isStar(item)
                                ? select.passes(item, column)
                                        && select.tables().stream()
                                                .filter(table -> isOf(item, table))
                                                .anyMatch(table -> select.has(table, column, catalog, depth - 1))
                                : Tree.name(item)
                                        .map(Tree::key)
                                        .filter(column::equals)
                                        .isPresent()));
    }

    /** Whether a table of this query has a column of this name, as far as can be told. */
    boolean has(JsonNode table, String column, Catalog catalog) {
        return has(table, column, catalog, DEPTH);
    }

    private boolean has(JsonNode table, String column, Catalog catalog, int depth) {
        return query(table)
                .map(query -> query.gives(column, catalog, depth))
                .orElseGet(() -> relation(table)
                        .map(relation -> catalog.has(relation, column))
                        .orElse(false));
    }

    private boolean passes(JsonNode star, String column) {
        return Tree.list(star, "exclude_list").stream()
                .noneMatch(name -> Tree.key(name.asString()).equals(column));
    }

    /** Whether a star takes columns of a table. */
    static boolean isOf(JsonNode star, JsonNode table) {
        String of = Tree.key(star.path("relation_name").asString(""));
        return of.isEmpty() || of.equals(alias(table));
    }
}
