package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * Compares rows of a relation with those of the same SELECT over changed sources, column by column.
 *
 * <p>Rows are the same by entity, event time and as many tie breakers as make them unique. Where even all of them leave ties,
 * such rows are taken together, and the values of each column in their own order: nothing tells which of them is which.
 *
 * @param key entity, event time and tie breakers
 * @param compared the other columns
 * @param tied whether rows share their key
 */
record Comparison(Duck duck, Relation relation, List<String> key, List<Manifest.Column> compared, boolean tied) {

    /** How many rows share a key; null on the side of an outer join that has none. */
    private static final String COUNT = "\"smew count\"";

    /**
     * What differs.
     *
     * @param rows that the run made
     * @param gone of these, those that the other SELECT lacks
     * @param come rows that only the other SELECT has
     * @param changed by column, how many rows have another value; columns without a change are left out
     */
    record Differences(long rows, long gone, long come, Map<String, Long> changed) {

        long changed(String column) {
            return changed.getOrDefault(column, 0L);
        }

        boolean none() {
            return gone == 0 && come == 0 && changed.isEmpty();
        }
    }

    /** Of rows that share their key with others, and of those that do not. */
    private enum Rows {
        ALL,
        SINGLE,
        TIED
    }

    /**
     * Finds what makes the rows of a relation unique.
     *
     * @param entity key columns
     * @param time event time column, then tie breakers
     * @param columns all of the relation
     */
    static Comparison of(
            Duck duck, Relation relation, List<String> entity, List<String> time, List<Manifest.Column> columns) {
        String rows = "SELECT count(*) - count(DISTINCT row(%s)) FROM " + Timeline.made(relation);
        List<String> key = new ArrayList<>(entity);
        List<String> breakers = new ArrayList<>(time);
        long ties;
        do {
            if (!breakers.isEmpty()) {
                key.add(breakers.removeFirst());
            }
            ties = duck.count(
                    rows.formatted(key.stream().map(Duck::identifier).collect(joining(", "))),
                    FeatureRun.running(relation.file()));
        } while (ties > 0 && !breakers.isEmpty());
        List<Manifest.Column> compared =
                columns.stream().filter(column -> !key.contains(column.name())).toList();
        return new Comparison(duck, relation, key, compared, ties > 0);
    }

    /**
     * Compares all rows of which a condition holds.
     *
     * @param other the other SELECT, as a relation
     * @param where a condition on the key
     */
    Differences with(String other, String where) {
        Origin origin = Origin.engine("Replaying", relation.file().path());
        List<String> there = FeatureRun.columns(duck, "FROM " + other, origin).stream()
                .map(Manifest.Column::name)
                .toList();
        // A PIVOT may have fewer columns over fewer rows.
        List<Manifest.Column> both = compared.stream()
                .filter(column -> there.contains(column.name()))
                .toList();
        Differences differences = count(other, where, both, tied ? Rows.SINGLE : Rows.ALL);
        if (tied) {
            Differences more = count(other, where, both, Rows.TIED);
            Map<String, Long> changed = new LinkedHashMap<>(differences.changed());
            more.changed().forEach((column, rows) -> changed.merge(column, rows, Long::sum));
            differences = new Differences(
                    differences.rows() + more.rows(),
                    differences.gone() + more.gone(),
                    differences.come() + more.come(),
                    changed);
        }
        return differences;
    }

    private Differences count(String other, String where, List<Manifest.Column> columns, Rows rows) {
        String counts = columns.stream()
                .map(column -> ", coalesce(sum(" + changes(column, rows) + ") FILTER (a." + COUNT + " = b." + COUNT
                        + "), 0)::BIGINT")
                .collect(joining());
        Table counted = duck.query(
                "SELECT coalesce(sum(a." + COUNT + "), 0)::BIGINT,"
                        + " coalesce(sum(greatest(a." + COUNT + " - coalesce(b." + COUNT + ", 0), 0)), 0)::BIGINT,"
                        + " coalesce(sum(greatest(b." + COUNT + " - coalesce(a." + COUNT + ", 0), 0)), 0)::BIGINT"
                        + counts + " FROM " + joined(other, where, columns, rows),
                Origin.engine("Replaying", relation.file().path()));
        long[] numbers = counted.columns().stream()
                .mapToLong(column -> ((Column.Integers) column).values()[0])
                .toArray();
        Map<String, Long> changed = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Manifest.Column column = columns.get(i);
            if (numbers[i + 3] > 0 && !isRounding(column, other, where, rows)) {
                changed.put(column.name(), numbers[i + 3]);
            }
        }
        return new Differences(numbers[0], numbers[1], numbers[2], changed);
    }

    private String joined(String other, String where, List<Manifest.Column> columns, Rows rows) {
        String on = key.stream()
                .map(Duck::identifier)
                .map(name -> "a." + name + " IS NOT DISTINCT FROM b." + name)
                .collect(joining(" AND "));
        return "(" + side(Timeline.made(relation), where, columns, rows) + ") AS a FULL JOIN ("
                + side(other, where, columns, rows) + ") AS b ON " + on;
    }

    private String side(String from, String where, List<Manifest.Column> columns, Rows rows) {
        String keys = key.stream().map(Duck::identifier).collect(joining(", "));
        String names = columns.stream()
                .map(column -> ", " + Duck.identifier(column.name()))
                .collect(joining());
        String plain = "SELECT " + keys + names + ", 1 AS " + COUNT + " FROM " + from + " WHERE " + where;
        return switch (rows) {
            case ALL -> plain;
            case SINGLE -> plain + " QUALIFY count(*) OVER (PARTITION BY " + keys + ") = 1";
            case TIED ->
                "SELECT " + keys
                        + columns.stream()
                                .map(column -> Duck.identifier(column.name()))
                                .map(name -> ", list(" + name + " ORDER BY " + name + ") AS " + name)
                                .collect(joining())
                        + ", count(*) AS " + COUNT + " FROM (" + plain + " QUALIFY count(*) OVER (PARTITION BY " + keys
                        + ") > 1) GROUP BY " + keys;
        };
    }

    /** How many values of a row, or of rows that share their key, are others. */
    private static String changes(Manifest.Column column, Rows rows) {
        String name = Duck.identifier(column.name());
        return switch (rows) {
            case ALL, SINGLE -> "(" + differ(column.type(), "a." + name, "b." + name) + ")::INTEGER";
            case TIED ->
                "len(list_filter(list_zip(a." + name + ", b." + name + "), lambda pair: "
                        + differ(column.type(), "pair[1]", "pair[2]") + "))";
        };
    }

    /** Sums of floating-point numbers depend on the order in which threads come: their last digits mean nothing. */
    private static String differ(String type, String left, String right) {
        String differ = left + " IS DISTINCT FROM " + right;
        return tolerance(type)
                .map(tolerance -> differ + " AND NOT coalesce(abs(" + left + " - " + right + ") < " + tolerance
                        + " * greatest(abs(" + left + "), abs(" + right + ")), false)")
                .orElse(differ);
    }

    /** Relative to the numbers compared. */
    private static Optional<String> tolerance(String type) {
        return switch (type) {
            case "DOUBLE" -> Optional.of("1e-9");
            case "FLOAT" -> Optional.of("1e-5");
            default -> Optional.empty();
        };
    }

    /** Where large numbers cancel out, what is left may differ by much of itself, but by nothing of the column's numbers. */
    private boolean isRounding(Manifest.Column column, String other, String where, Rows rows) {
        Optional<String> tolerance = tolerance(column.type());
        if (tolerance.isEmpty() || rows == Rows.TIED) {
            return false;
        }
        String left = "a." + Duck.identifier(column.name());
        String right = "b." + Duck.identifier(column.name());
        String finite = "(isfinite(" + left + ") AND isfinite(" + right + "))";
        return duck.count(
                        "SELECT (count(*) FILTER (a." + COUNT + " = b." + COUNT + " AND " + left
                                + " IS DISTINCT FROM " + right + " AND " + finite + " IS NOT TRUE) = 0 AND max(abs("
                                + left + " - " + right + ")) FILTER (" + finite + ") < " + tolerance.get()
                                + " * max(abs(" + left + ")) FILTER (" + finite + "))::INTEGER FROM "
                                + joined(other, where, List.of(column), rows),
                        Origin.engine("Replaying", relation.file().path()))
                > 0;
    }

    /** A row whose value differs, in words: {@code id 7, day 2020-01-02: 5.0, and 4.0 …}. */
    Optional<Example> example(String column, String other, String where) {
        List<Manifest.Column> one =
                compared.stream().filter(each -> each.name().equals(column)).toList();
        String name = Duck.identifier(column);
        for (Rows rows : tied ? List.of(Rows.SINGLE, Rows.TIED) : List.of(Rows.ALL)) {
            Optional<Example> found = first(
                    joined(other, where, one, rows),
                    "a." + COUNT + " = b." + COUNT + " AND " + changes(one.getFirst(), rows) + " > 0",
                    "a",
                    shown("a." + name) + " || chr(0) || " + shown("b." + name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * A row that only one of the two has.
     *
     * @param gone whether it is one that the run made
     */
    Optional<Example> exampleRow(boolean gone, String other, String where) {
        String has = gone ? "a" : "b";
        String lacks = gone ? "b" : "a";
        return first(
                joined(other, where, List.of(), Rows.ALL),
                has + "." + COUNT + " IS NOT NULL AND " + lacks + "." + COUNT + " IS NULL",
                has,
                "chr(0)");
    }

    private Optional<Example> first(String from, String where, String side, String values) {
        String row = key.stream()
                .map(name -> Duck.literal(name + " ") + " || coalesce(" + side + "." + Duck.identifier(name)
                        + "::VARCHAR, 'null')")
                .collect(joining(" || ', ' || "));
        String order =
                key.stream().map(name -> side + "." + Duck.identifier(name)).collect(joining(", "));
        return duck
                .texts(
                        "SELECT " + row + " || chr(0) || " + values + " FROM " + from + " WHERE " + where + " ORDER BY "
                                + order + " LIMIT 1",
                        Origin.engine("Replaying", relation.file().path()))
                .stream()
                .findFirst()
                .map(text -> text.split("\0", -1))
                .map(parts -> new Example(parts[0], parts[1], parts[2]));
    }

    /** A value as a sentence can hold it. */
    private static String shown(String value) {
        String text = "coalesce(" + value + "::VARCHAR, 'null')";
        return "CASE WHEN length(" + text + ") > 40 THEN left(" + text + ", 39) || '…' ELSE " + text + " END";
    }

    /**
     * One row.
     *
     * @param row its key in words
     * @param made the value that the run made
     * @param other the value over changed sources
     */
    record Example(String row, String made, String other) {}
}
