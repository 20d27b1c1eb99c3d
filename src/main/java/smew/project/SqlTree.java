package smew.project;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import smew.base.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What DuckDB's parser tells about one SELECT.
 *
 * @param tables tables it reads, without its own CTEs
 * @param variables variables it reads
 * @param hidden calls that read something whose name only the run would know
 * @param files files that calls read by a constant path
 */
record SqlTree(List<Mention> tables, List<Mention> variables, List<Mention> hidden, List<NamedFile> files) {

    static final SqlTree EMPTY = new SqlTree(List.of(), List.of(), List.of(), List.of());

    /** Calls whose first argument is a path, a glob, or a list of them. */
    private static final Pattern READER = Pattern.compile("read_\\w+|parquet_\\w+|glob|sniff_csv");

    /** Statements that a CTE may hold and that are no queries: INSERT, UPDATE, DELETE, COPY. */
    private static final Pattern CHANGE = Pattern.compile("(?!(SELECT|SET_OPERATION|RECURSIVE_CTE|CTE)_NODE)\\w+_NODE");

    /**
     * A name and where it stands.
     *
     * @param path the parts of a qualified name, the table's own name last
     */
    record Mention(List<String> path, Place place) {
        int line() {
            return place.line();
        }

        String name() {
            return path.getLast();
        }

        String qualified() {
            return String.join(".", path);
        }
    }

    /** A path in quotes, the function that reads it, and where the call stands. */
    record NamedFile(String path, String function, Place place) {}

    /** Parses one statement; what is wrong with it goes to the findings, and the answer is then empty. */
    static Optional<SqlTree> parse(String path, SqlText text, UnaryOperator<String> parser, Findings findings) {
        int statements = text.statements().size();
        if (statements == 0) {
            findings.add(path, 1, "The file holds no SQL. Expected exactly one SELECT.");
            return Optional.empty();
        }
        if (statements > 1) {
            findings.add(
                    path,
                    text.line(text.statements().get(1)),
                    "Here starts the second of " + statements + " statements. Expected exactly one SELECT: move the"
                            + " others to files of their own.");
            return Optional.empty();
        }
        JsonNode tree;
        try {
            tree = Json.deepTree(parser.apply(text.sql()));
            if (!tree.path("error").asBoolean()) {
                Walk walk = new Walk(text);
                SqlTree read = walk.tree(tree);
                if (walk.changes) {
                    findings.add(
                            path,
                            text.line(text.start()),
                            "A CTE of this SELECT changes or writes something. A file only reads.");
                    return Optional.empty();
                }
                return Optional.of(read);
            }
        } catch (JacksonException | StackOverflowError deep) {
            findings.add(
                    path,
                    text.line(text.start()),
                    "The SELECT is nested too deeply to be read. Cut it into several CTEs or files, or use a list"
                            + " in place of a long chain of operators.");
            return Optional.empty();
        }
        if (tree.has("position")) {
            Place place = text.place(Long.parseLong(tree.path("position").asString()), errorLength(tree));
            findings.add(
                    path,
                    place,
                    "DuckDB cannot parse this: " + tree.path("error_message").asString() + ", in: "
                            + text.lineText(place.line()));
        } else if (tree.path("error_type").asString("").equals("parser")) {
            findings.add(
                    path,
                    text.line(text.start()),
                    "DuckDB cannot parse this: " + tree.path("error_message").asString());
        } else {
            findings.add(path, text.line(text.start()), noSelect(text));
        }
        return Optional.empty();
    }

    /** DuckDB says {@code [24,1]}: where, and how many bytes. */
    private static long errorLength(JsonNode tree) {
        String location = tree.path("location").asString("");
        int comma = location.indexOf(',');
        return comma < 0 ? 0 : Long.parseLong(location.substring(comma + 1, location.length() - 1));
    }

    private static String noSelect(SqlText text) {
        String first =
                text.text().substring(text.start()).split("[^\\p{L}]", 2)[0].toUpperCase(Locale.ROOT);
        String advice = first.equals("PIVOT") || first.equals("UNPIVOT")
                ? " Write SELECT * FROM (" + first + " …), with the values listed: ON column IN (…)."
                : " The engine creates the tables; a file says only what is in them.";
        return "The file holds a statement that is no SELECT (" + first + "). Expected exactly one SELECT." + advice;
    }

    /** Goes through the tree with the CTEs that are visible at each place. */
    private static final class Walk {

        private final SqlText text;
        private final List<Mention> tables = new ArrayList<>();
        private final List<Mention> variables = new ArrayList<>();
        private final List<Mention> hidden = new ArrayList<>();
        private final List<NamedFile> files = new ArrayList<>();
        private boolean changes;

        Walk(SqlText text) {
            this.text = text;
        }

        SqlTree tree(JsonNode root) {
            visit(root, Set.of());
            return new SqlTree(tables, variables, hidden, files);
        }

        private void visit(JsonNode node, Set<String> visible) {
            Set<String> inside = node.has("cte_map") ? visitCtes(node.path("cte_map"), visible) : visible;
            String type = node.path("type").asString("");
            if (CHANGE.matcher(type).matches()) {
                changes = true;
            } else if (type.equals("BASE_TABLE")) {
                visitTable(node, inside);
            } else if (node.path("class").asString("").equals("FUNCTION")) {
                visitFunction(node, node);
            } else if (type.equals("TABLE_FUNCTION")) {
                visitFunction(node.path("function"), node);
                visitReader(node.path("function"), node);
            }
            for (var property : node.properties()) {
                if (!property.getKey().equals("cte_map")) {
                    visit(property.getValue(), inside);
                }
            }
            if (node.isArray()) {
                node.forEach(element -> visit(element, inside));
            }
        }

        /** A CTE sees those before it, and itself only when it is recursive. */
        private Set<String> visitCtes(JsonNode ctes, Set<String> visible) {
            Set<String> inside = new HashSet<>(visible);
            for (JsonNode cte : ctes.path("map")) {
                String name = cte.path("key").asString().toLowerCase(Locale.ROOT);
                JsonNode query = cte.path("value").path("query_node");
                Set<String> own = new HashSet<>(inside);
                if (query.path("type").asString("").equals("RECURSIVE_CTE_NODE")) {
                    own.add(name);
                } else {
                    own = inside;
                }
                visit(cte.path("value"), Set.copyOf(own));
                inside.add(name);
            }
            return inside;
        }

        private void visitTable(JsonNode node, Set<String> visible) {
            List<String> path = new ArrayList<>();
            node.path("qualified_name").path("path").forEach(part -> path.add(part.asString()));
            if (path.isEmpty()) {
                path.add(node.path("table_name").asString());
            }
            boolean cte = path.size() == 1 && visible.contains(path.getFirst().toLowerCase(Locale.ROOT));
            if (!cte) {
                tables.add(new Mention(path, place(node)));
            }
        }

        private void visitFunction(JsonNode function, JsonNode place) {
            String name = function.path("function_name").asString("").toLowerCase(Locale.ROOT);
            if (name.equals("getvariable")) {
                JsonNode argument =
                        function.path("arguments").path(0).path("expression").path("literal");
                if (argument.path("kind").asString("").equals("STRING")) {
                    variables.add(new Mention(List.of(argument.path("text").asString()), place(place)));
                } else {
                    hidden.add(new Mention(List.of(name), place(place)));
                }
            } else if (name.equals("query") || name.equals("query_table")) {
                hidden.add(new Mention(List.of(name), place(place)));
            }
        }

        private void visitReader(JsonNode function, JsonNode place) {
            String name = function.path("function_name").asString("").toLowerCase(Locale.ROOT);
            if (READER.matcher(name).matches()) {
                visitPath(function.path("arguments").path(0).path("expression"), name, place(place));
            }
        }

        /** What depends on a variable is an input, which a run records; the rest is as constant as the text in it. */
        private void visitPath(JsonNode expression, String reader, Place place) {
            if (expression.path("function_name").asString("").equals("list_value")) {
                expression.path("arguments").forEach(part -> visitPath(part.path("expression"), reader, place));
            } else if (expression.findValuesAsString("function_name").stream()
                    .noneMatch("getvariable"::equalsIgnoreCase)) {
                String path = expression.findValues("literal").stream()
                        .map(literal -> literal.path("text").asString(""))
                        .collect(joining());
                if (!path.isEmpty()) {
                    files.add(new NamedFile(path, reader, place));
                }
            }
        }

        /** Some nodes have no place: DuckDB then gives the largest number of 64 bits. */
        private Place place(JsonNode node) {
            String location = node.path("query_location").asString("");
            return location.isEmpty() || location.length() > 18
                    ? text.places().characters(text.start(), text.start())
                    : text.place(
                            Long.parseLong(location),
                            node.path("query_location_length").asLong(0));
        }
    }
}
