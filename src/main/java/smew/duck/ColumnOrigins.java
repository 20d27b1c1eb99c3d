package smew.duck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/**
 * Which columns of which tables the values of a query's columns are computed from, as DuckDB's own binder has it: read from the plan of the
 * query, whose expressions name columns of the operators below by their place (DuckDB 2.0). What a window is parted and ordered by counts
 * as computed from; what rows are joined or filtered by does not. Operators that are not known give columns of which nothing is known.
 */
public final class ColumnOrigins {

    /** A column of a table. */
    public record TableColumn(String table, String column) implements Comparable<TableColumn> {
        @Override
        public int compareTo(TableColumn other) {
            return Comparator.comparing(TableColumn::table)
                    .thenComparing(TableColumn::column)
                    .compare(this, other);
        }
    }

    /** Of one column; empty where it cannot be told. */
    private record From(Optional<SortedSet<TableColumn>> tables) {

        static final From UNKNOWN = new From(Optional.empty());
        static final From NOTHING = new From(Optional.of(new TreeSet<>()));

        static From of(String table, String column) {
            return new From(Optional.of(new TreeSet<>(Set.of(new TableColumn(table, column)))));
        }

        static From all(Collection<From> parts) {
            SortedSet<TableColumn> all = new TreeSet<>();
            for (From part : parts) {
                if (part.tables.isEmpty()) {
                    return UNKNOWN;
                }
                all.addAll(part.tables.get());
            }
            return new From(Optional.of(all));
        }
    }

    /** What an operator gives, by place. */
    private record Columns(List<From> all) {

        static final Columns NONE = new Columns(List.of());

        From at(int place) {
            return place >= 0 && place < all.size() ? all.get(place) : From.UNKNOWN;
        }

        Columns and(Columns others) {
            return new Columns(Stream.concat(all.stream(), others.all.stream()).toList());
        }

        Columns and(List<From> others) {
            return and(new Columns(others));
        }

        /** Those that an operator passes on; no list means all. */
        Columns only(JsonNode places) {
            return places.isEmpty()
                    ? this
                    : new Columns(places.valueStream()
                            .map(place ->
                                    at(place.isObject() ? place.path("index").asInt(0) : place.asInt()))
                            .toList());
        }
    }

    /** What each CTE gives that is known so far, by the number of it. */
    private final Map<Long, Columns> ctes = new HashMap<>();

    private ColumnOrigins() {}

    /**
     * Those of each column of a query, in order. A part is empty where it cannot be told, and so is the whole where DuckDB does not show
     * its plan: it does not where a file is read as CSV.
     */
    public static Optional<List<Optional<SortedSet<TableColumn>>>> of(Duck duck, String sql) {
        JsonNode answer;
        try {
            answer = Json.tree(duck.texts(
                            "SELECT json_serialize_plan(" + Duck.literal(sql)
                                    + ", optimize := false, skip_null := true, skip_empty := true, skip_default := true)",
                            Origin.engine("Planning", "SQL"))
                    .getFirst()
                    .getBytes(StandardCharsets.UTF_8));
        } catch (SmewException refused) {
            if (refused.fault() == Fault.INTERNAL || refused.fault() == Fault.OUTSIDE) {
                throw refused;
            }
            return Optional.empty();
        }
        if (answer.path("error").asBoolean() || answer.path("plans").size() != 1) {
            return Optional.empty();
        }
        Columns columns = new ColumnOrigins().of(answer.path("plans").path(0));
        return Optional.of(columns.all().stream().map(From::tables).toList());
    }

    private Columns of(JsonNode operator) {
        return switch (operator.path("type").asString("")) {
            case "LOGICAL_GET" -> scan(operator);
            case "LOGICAL_PROJECTION" -> new Columns(each(operator.path("expressions"), below(operator)));
            case "LOGICAL_FILTER", "LOGICAL_ORDER_BY" -> below(operator).only(operator.path("projection_map"));
            case "LOGICAL_LIMIT", "LOGICAL_TOP_N", "LOGICAL_DISTINCT", "LOGICAL_SAMPLE" -> below(operator);
            case "LOGICAL_WINDOW", "LOGICAL_UNNEST" -> {
                Columns below = below(operator);
                yield below.and(each(operator.path("expressions"), below));
            }
            case "LOGICAL_AGGREGATE_AND_GROUP_BY" -> aggregate(operator);
            case "LOGICAL_CROSS_PRODUCT", "LOGICAL_POSITIONAL_JOIN" ->
                child(operator, 0).and(child(operator, 1));
            case "LOGICAL_COMPARISON_JOIN", "LOGICAL_ANY_JOIN", "LOGICAL_ASOF_JOIN" -> join(operator);
            case "LOGICAL_UNION", "LOGICAL_EXCEPT", "LOGICAL_INTERSECT" -> beside(operator);
            case "LOGICAL_MATERIALIZED_CTE" -> {
                ctes.put(number(operator, "table_index"), child(operator, 0));
                yield child(operator, 1);
            }
            case "LOGICAL_RECURSIVE_CTE" -> recursive(operator);
            case "LOGICAL_CTE_REF" -> ctes.getOrDefault(number(operator, "cte_index"), Columns.NONE);
            case "LOGICAL_EXPRESSION_GET" -> values(operator);
            case "LOGICAL_DUMMY_SCAN" -> new Columns(List.of(From.NOTHING));
            default -> Columns.NONE;
        };
    }

    private Columns child(JsonNode operator, int place) {
        return of(operator.path("children").path(place));
    }

    private Columns below(JsonNode operator) {
        return child(operator, 0);
    }

    /** A table's columns are known by name; of a function that makes rows, nothing is, unless it has constants alone to make them of. */
    private Columns scan(JsonNode get) {
        List<String> names =
                get.path("names").valueStream().map(JsonNode::asString).toList();
        String table = get.path("function_data").path("table").asString("");
        boolean constant = table.isEmpty()
                && get.path("children").isEmpty()
                && !get.path("has_serialize").asBoolean();
        List<From> columns = new ArrayList<>();
        for (JsonNode column : get.path("column_indexes")) {
            long place = column.path("index").asLong(0);
            if (!table.isEmpty() && place >= 0 && place < names.size()) {
                columns.add(From.of(table, names.get((int) place)));
            } else {
                columns.add(constant || !table.isEmpty() ? From.NOTHING : From.UNKNOWN);
            }
        }
        Columns passed = get.path("projected_input").isEmpty()
                ? Columns.NONE
                : below(get).only(get.path("projected_input"));
        return new Columns(columns).only(get.path("projection_ids")).and(passed);
    }

    private Columns aggregate(JsonNode operator) {
        Columns below = below(operator);
        List<From> groups = each(operator.path("groups"), below);
        return new Columns(groups)
                .and(each(operator.path("expressions"), below))
                .and(operator.path("grouping_functions")
                        .valueStream()
                        .map(_ -> From.all(groups))
                        .toList());
    }

    private Columns join(JsonNode operator) {
        Columns left = child(operator, 0);
        Columns right = child(operator, 1);
        Columns shownLeft = left.only(operator.path("left_projection_map"));
        Columns shownRight = right.only(operator.path("right_projection_map"));
        return switch (operator.path("join_type").asString("INNER")) {
            case "SEMI", "ANTI" -> shownLeft;
            case "RIGHT_SEMI", "RIGHT_ANTI" -> shownRight;
            // Whether there is a row beside, told as a value.
            case "MARK" ->
                shownLeft.and(List.of(From.all(operator.path("conditions")
                        .valueStream()
                        .flatMap(condition -> Stream.of(
                                computed(condition.path("left"), left), computed(condition.path("right"), right)))
                        .toList())));
            default -> shownLeft.and(shownRight);
        };
    }

    private Columns beside(JsonNode operator) {
        Columns first = child(operator, 0);
        Columns second = child(operator, 1);
        return new Columns(IntStream.range(0, first.all().size())
                .mapToObj(i -> From.all(List.of(first.at(i), second.at(i))))
                .toList());
    }

    /** What a turn adds hangs on what the first one gave; a column that others flow into later takes some more turns. */
    private Columns recursive(JsonNode operator) {
        long name = number(operator, "table_index");
        Columns known = child(operator, 0);
        for (int turn = 0; turn <= known.all().size(); turn++) {
            ctes.put(name, known);
            Columns before = known;
            Columns next = child(operator, 1);
            known = new Columns(IntStream.range(0, before.all().size())
                    .mapToObj(i -> From.all(List.of(before.at(i), next.at(i))))
                    .toList());
        }
        return known;
    }

    private Columns values(JsonNode operator) {
        Columns below = below(operator);
        List<List<From>> rows = operator.path("expressions")
                .valueStream()
                .map(row -> each(row, below))
                .toList();
        int width = rows.isEmpty() ? 0 : rows.getFirst().size();
        return new Columns(IntStream.range(0, width)
                .mapToObj(i -> From.all(
                        rows.stream().map(row -> new Columns(row).at(i)).toList()))
                .toList());
    }

    private static List<From> each(JsonNode expressions, Columns below) {
        return expressions
                .valueStream()
                .map(expression -> computed(expression, below))
                .toList();
    }

    /** Everything that an expression refers to, however deep. What a function keeps for itself has places of its own. */
    private static From computed(JsonNode expression, Columns below) {
        String type = expression.path("type").asString("");
        if (type.equals("BOUND_REF")) {
            return below.at(expression.path("index").asInt(0));
        }
        if (type.equals("BOUND_COLUMN_REF")) {
            return From.UNKNOWN;
        }
        List<From> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : expression.properties()) {
            if (!property.getKey().equals("function_data")) {
                nested(property.getValue()).map(part -> computed(part, below)).forEach(parts::add);
            }
        }
        return From.all(parts);
    }

    private static Stream<JsonNode> nested(JsonNode value) {
        return value.isObject()
                ? Stream.of(value)
                : value.isArray() ? value.valueStream().flatMap(ColumnOrigins::nested) : Stream.empty();
    }

    private static long number(JsonNode operator, String name) {
        return operator.path(name).asLong(0);
    }
}
