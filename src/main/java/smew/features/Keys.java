package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Directive;
import smew.project.SqlFile;
import smew.release.Manifest;

/**
 * Entity and event time of a relation whose rows exist: that the columns are there, are filled, and are unique where they have
 * to be.
 *
 * @param file what declares them
 * @param entity key columns
 * @param time event time and tie breakers, or empty
 */
record Keys(SqlFile file, List<String> entity, List<String> time) {

    /** Numbers that are served as doubles. */
    private static final Pattern INEXACT = Pattern.compile(
            "UBIGINT|U?HUGEINT|FLOAT|DOUBLE|DECIMAL\\((19|[23]\\d),\\d+\\)|DECIMAL\\(\\d+,[1-9]\\d*\\)");

    /** How many rows have one key: a name that no column of a user has. */
    private static final String ROWS = Duck.identifier("rows of a key");

    /**
     * How the rows of a relation are keyed.
     *
     * @param ties rows that share entity, event time and every tie breaker with another row
     */
    record Counts(long rows, long entities, long ties) {}

    /** Refuses declared columns that the SELECT does not have, columns of the same name, and ids that would lose digits. */
    void require(List<Manifest.Column> described) {
        List<String> columns = described.stream().map(Manifest.Column::name).toList();
        List<Problem> problems = new ArrayList<>();
        refuseDoubled(columns, problems);
        refuseInexact(described, problems);
        require(Directive.ENTITY, entity, columns, problems);
        require(Directive.TIME, time, columns, problems);
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Reading " + file.path(), problems);
        }
    }

    private void refuseDoubled(List<String> columns, List<Problem> problems) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column.toLowerCase(Locale.ROOT))) {
                problems.add(new Problem(
                        file.path(),
                        "the SELECT has two columns " + column + ". Name one of them otherwise, or leave it out, as in"
                                + " SELECT a.*, b.* EXCLUDE (" + column + ")."));
            }
        }
    }

    private void refuseInexact(List<Manifest.Column> columns, List<Problem> problems) {
        for (Manifest.Column column : columns) {
            if (entity.contains(column.name()) && INEXACT.matcher(column.type()).matches()) {
                problems.add(new Problem(
                        file.where(Directive.ENTITY),
                        "column " + column.name() + " is of type " + column.type()
                                + ", whose digits an id could lose. Cast it to BIGINT or VARCHAR."));
            }
        }
    }

    private void require(Directive directive, List<String> wanted, List<String> columns, List<Problem> problems) {
        for (String column : wanted) {
            if (!columns.contains(column)) {
                problems.add(new Problem(
                        file.where(directive),
                        "the SELECT has no column " + column + "." + Near.hint(column, columns)));
            }
        }
    }

    /**
     * Counts rows, entities and ties.
     *
     * @throws SmewException DATA when a key is null, or an entity has several rows and there is no event time
     */
    Counts count(Duck duck, String relation) {
        String keys = columns(Stream.concat(entity.stream(), time.stream()).toList());
        Table counted = duck.query(
                "SELECT " + sum("true") + ", count(DISTINCT (" + columns(entity) + "))::BIGINT, " + sum(ROWS + " > 1")
                        + ", " + sum(nulls(entity)) + ", "
                        + sum(time.isEmpty() ? "false" : nulls(time.subList(0, 1)))
                        + " FROM (SELECT " + keys + ", count(*) AS " + ROWS + " FROM " + relation + " GROUP BY ALL)",
                Origin.engine("Counting the rows of", file.path()));
        long[] numbers = counted.columns().stream()
                .mapToLong(column -> ((Column.Integers) column).values()[0])
                .toArray();
        refuseNulls(Directive.ENTITY, entity, numbers[3]);
        refuseNulls(Directive.TIME, time, numbers[4]);
        if (time.isEmpty() && numbers[2] > 0) {
            throw duplicates(duck, relation, numbers[2]);
        }
        return new Counts(numbers[0], numbers[1], numbers[2]);
    }

    private static String sum(String where) {
        return "coalesce(sum(" + ROWS + ") FILTER (" + where + "), 0)::BIGINT";
    }

    private void refuseNulls(Directive directive, List<String> columns, long rows) {
        if (rows > 0) {
            throw SmewException.at(
                    Fault.DATA,
                    file.where(directive),
                    "Checking " + file.where(directive) + ": " + rows + " rows have a null in "
                            + String.join(", ", columns)
                            + ", expected a value in every row. Leave such rows out with WHERE.");
        }
    }

    private SmewException duplicates(Duck duck, String relation, long rows) {
        String key = columns(entity);
        String examples = String.join(
                ", ",
                duck.texts(
                        "SELECT concat_ws(',', " + key + ") AS id FROM " + relation
                                + " GROUP BY ALL HAVING count(*) > 1" + " ORDER BY id LIMIT 3",
                        Origin.engine("Looking for duplicates in", file.path())));
        return SmewException.at(
                Fault.DATA,
                file.where(Directive.ENTITY),
                "Checking " + file.where(Directive.ENTITY) + ": " + rows + " rows share their "
                        + String.join(", ", entity)
                        + " with another row (such as " + examples
                        + "), expected one row per entity. Add -- @time COLUMN if an entity has a history, or make the rows"
                        + " unique.");
    }

    private static String columns(List<String> names) {
        return names.stream().distinct().map(Duck::identifier).collect(joining(", "));
    }

    private static String nulls(List<String> columns) {
        return columns.stream()
                .map(column -> Duck.identifier(column) + " IS NULL")
                .collect(joining(" OR "));
    }
}
