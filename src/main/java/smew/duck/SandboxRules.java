package smew.duck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/**
 * What a stranger's query may consist of, held against DuckDB's own syntax tree of it. Everything is refused that is not known to be
 * harmless: in DuckDB 2.0 even a CTE may delete rows, and its tree looks like that of any other query.
 */
final class SandboxRules {

    /** Relations beside those of the warehouse: what there is to ask for. */
    private static final Set<String> CATALOG = Set.of("information_schema.tables", "information_schema.columns");

    /** Where those of the warehouse are, in full. */
    private static final Set<String> MAIN = Set.of("main", "warehouse.main", "warehouse");

    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("range", "generate_series", "unnest", "json_each", "json_tree");

    /** Queries, what stands behind FROM, and what stands behind a query. */
    private static final Set<String> PARTS = Set.of(
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "RECURSIVE_CTE_NODE",
            "CTE_NODE",
            "BASE_TABLE",
            "SUBQUERY",
            "JOIN",
            "TABLE_FUNCTION",
            "EMPTY",
            "EXPRESSION_LIST",
            "PIVOT",
            "LIMIT_MODIFIER",
            "LIMIT_PERCENT_MODIFIER",
            "ORDER_MODIFIER",
            "DISTINCT_MODIFIER",
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING");

    private static final Set<String> EXPRESSIONS = Set.of(
            "BETWEEN",
            "CASE",
            "CAST",
            "COLLATE",
            "COLUMN_REF",
            "COMPARISON",
            "CONJUNCTION",
            "CONSTANT",
            "FUNCTION",
            "LAMBDA",
            "LAMBDA_REF",
            "OPERATOR",
            "PARAMETER",
            "POSITIONAL_REFERENCE",
            "STAR",
            "SUBQUERY",
            "TYPE",
            "WINDOW");

    static final String TOO_DEEP = "it is nested too deeply";

    private static final int SHOWN_CHARACTERS = 80;

    private static final Set<String> FUNCTIONS = functions();

    private final String sql;
    private final Set<String> relations;
    private final Set<String> system;
    private final Set<String> named = new HashSet<>();

    /**
     * Rules for one query.
     *
     * @param relations tables and views of the warehouse, in lower case
     * @param system names of DuckDB's own relations, in lower case, which a CTE must not take: outside its scope they mean these
     */
    SandboxRules(String sql, Set<String> relations, Set<String> system) {
        this.sql = sql;
        this.relations = relations;
        this.system = system;
    }

    /** What may be called. */
    static Set<String> functions() {
        try (InputStream list = Objects.requireNonNull(
                SandboxRules.class.getResourceAsStream("sandbox-functions.txt"), "sandbox-functions.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Refuses what is not one harmless query.
     *
     * @param tree of the whole text
     * @throws SmewException USAGE, naming the line
     */
    void check(JsonNode tree) {
        if (tree.path("error").asBoolean()) {
            boolean syntax = tree.path("error_type").asString("").equals("parser")
                    || tree.path("error_type").asString("").equals("syntax");
            String where = tree.has("position") ? line(tree.path("position").asString()) : "";
            String found = tree.path("error_message").asString("");
            throw refused(
                    where,
                    !syntax
                            ? "it does more than read, or is more than one statement. Expected exactly one query"
                            : found.contains("expression depth") ? TOO_DEEP : found);
        }
        int statements = tree.path("statements").size();
        if (statements != 1) {
            throw refused("", "it holds " + statements + " statements, expected exactly one query");
        }
        name(tree);
        visit(tree);
    }

    private void name(JsonNode node) {
        for (JsonNode cte : node.path("cte_map").path("map")) {
            String name = cte.path("key").asString().toLowerCase(Locale.ROOT);
            if (system.contains(name)) {
                throw refused("", "WITH names a relation " + name + ", which DuckDB has already. Choose another name");
            }
            named.add(name);
        }
        node.forEach(this::name);
    }

    private void visit(JsonNode node) {
        String type = node.path("type").asString("");
        if (node.path("class").isString()) {
            visitExpression(node, node.path("class").asString());
        } else if (type.equals("SHOW_REF")) {
            visitShow(node);
        } else if (!type.isEmpty() && !PARTS.contains(type) && !type.endsWith("_TYPE_INFO")) {
            throw refused(line(node), "it holds a part that does more than read (" + type + ")");
        } else if (type.equals("BASE_TABLE")) {
            visitTable(node);
        } else if (type.equals("TABLE_FUNCTION")) {
            visitTableFunction(node);
            return;
        }
        node.forEach(this::visit);
    }

    private void visitExpression(JsonNode node, String kind) {
        if (!EXPRESSIONS.contains(kind)) {
            throw refused(line(node), "it holds an expression of a kind that is not allowed here (" + kind + ")");
        }
        if (kind.equals("FUNCTION") || kind.equals("WINDOW")) {
            String name = function(node);
            if (!FUNCTIONS.contains(name)) {
                throw refused(line(node), "function " + shown(name) + " cannot be called here" + hint(name, FUNCTIONS));
            }
        }
    }

    /** A call in place of a table: its arguments are expressions like any other, its name is not. */
    private void visitTableFunction(JsonNode node) {
        String name = function(node.path("function"));
        if (!TABLE_FUNCTIONS.contains(name)) {
            throw refused(
                    line(node),
                    "table function " + shown(name) + " cannot be called here, only "
                            + String.join(
                                    ", ", TABLE_FUNCTIONS.stream().sorted().toList()));
        }
        node.path("function").forEach(this::visit);
    }

    /** DESCRIBE and SUMMARIZE of a query are queries; SHOW TABLES tells what there is. */
    private void visitShow(JsonNode node) {
        boolean ofQuery = node.path("query").isObject()
                && Set.of("DESCRIBE", "SUMMARY").contains(node.path("show_type").asString(""));
        boolean tables = node.path("table_name").asString("").equals("\"tables\"");
        if (!ofQuery && !tables) {
            throw refused("", "only tables can be shown: SHOW TABLES");
        }
    }

    private void visitTable(JsonNode node) {
        List<String> path = node.path("qualified_name")
                .path("path")
                .valueStream()
                .map(part -> part.asString().toLowerCase(Locale.ROOT))
                .toList();
        String name = path.isEmpty() ? node.path("table_name").asString("").toLowerCase(Locale.ROOT) : path.getLast();
        boolean known = path.size() == 1
                ? relations.contains(name) || named.contains(name)
                : CATALOG.contains(String.join(".", path))
                        || (MAIN.contains(String.join(".", path.subList(0, path.size() - 1)))
                                && relations.contains(name));
        if (!known) {
            throw refused(
                    line(node),
                    "the warehouse has no table or view " + shown(String.join(".", path)) + hint(name, relations)
                            + " SHOW TABLES lists what there is");
        }
    }

    private static String function(JsonNode node) {
        List<String> path = node.path("qualified_name")
                .path("path")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        return (path.isEmpty() ? node.path("function_name").asString("") : path.getLast()).toLowerCase(Locale.ROOT);
    }

    private static String hint(String name, Set<String> known) {
        return name.length() > SHOWN_CHARACTERS
                ? "."
                : Near.name(name, known)
                        .map(near -> ". Did you mean " + near + "?")
                        .orElse(".");
    }

    /** What looks like the name of a file is not said back. */
    private static String shown(String name) {
        return name.length() <= SHOWN_CHARACTERS && name.matches("[\\p{L}\\p{N}_ .]+") ? name : "of that name";
    }

    private String line(JsonNode node) {
        return line(node.path("query_location").asString(""));
    }

    /** Some nodes have no place: DuckDB then gives the largest number of 64 bits. */
    private String line(String position) {
        if (!position.matches("\\d{1,9}")) {
            return "";
        }
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        int line = 1;
        for (int i = 0; i < Math.min(bytes.length, Integer.parseInt(position)); i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return " line " + line;
    }

    private static SmewException refused(String where, String found) {
        String closed = found.endsWith(".") || found.endsWith("?") ? found : found + ".";
        return new SmewException(Fault.USAGE, "Reading the query" + where + ": " + closed);
    }
}
