package smew.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.DeclaredCheck;
import smew.project.DeclaredCheck.Bound;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * Looks whether declared checks name columns that are there, and values that these can hold, before features are made: DuckDB only binds
 * the SELECTs. One that cannot be bound is left to the run, which says best what is wrong with it.
 */
public final class DeclaredColumns {

    private static final String SCHEMA = "\"smew columns\"";

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern CALENDAR = Pattern.compile("DATE|TIMESTAMP.*");

    private final Duck duck;
    private final Map<String, List<Manifest.Column>> described = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private DeclaredColumns(Duck duck) {
        this.duck = duck;
    }

    /**
     * Does so for every source and feature view.
     *
     * @param duck with the variables of the project set; left as it was
     * @return all that is wrong
     */
    public static List<Problem> problems(Duck duck, Project project) {
        List<Relation> relations = Stream.<Relation>concat(project.sources().stream(), project.featureViews().stream())
                .toList();
        if (relations.stream().allMatch(relation -> relation.declaredChecks().isEmpty())) {
            return List.of();
        }
        DeclaredColumns columns = new DeclaredColumns(duck);
        Origin engine = Origin.engine("Binding", "sources and feature views");
        duck.execute("CREATE SCHEMA " + SCHEMA, engine);
        try {
            project.relations().stream().filter(relations::contains).forEach(columns::describe);
            relations.forEach(columns::review);
        } finally {
            duck.execute("DROP SCHEMA " + SCHEMA + " CASCADE", engine);
        }
        return columns.problems;
    }

    /**
     * Refuses to go on with them.
     *
     * @throws SmewException CONFIGURATION, with all that is wrong together
     */
    public static void require(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Reading the checks that files declare", problems);
        }
    }

    private void describe(Relation relation) {
        String name = SCHEMA + "." + Duck.identifier(relation.name());
        Origin origin = FeatureRun.running(relation.file());
        try {
            duck.execute("CREATE VIEW " + name + " AS\n" + relation.file().sql(), origin);
            described.put(key(relation.name()), FeatureRun.columns(duck, "FROM " + name, origin));
        } catch (SmewException unbound) {
            described.remove(key(relation.name()));
        }
    }

    private void review(Relation relation) {
        List<Manifest.Column> columns = described.get(key(relation.name()));
        if (columns == null) {
            return;
        }
        for (DeclaredCheck check : relation.declaredChecks()) {
            String where = relation.file().path() + ":" + check.written().line();
            List<String> unknown = check.columns().stream()
                    .flatMap(column -> unknown("the SELECT has no column ", column, columns).stream())
                    .toList();
            unknown.forEach(text -> problems.add(new Problem(where, text)));
            if (unknown.isEmpty()) {
                unfit(check, columns)
                        .ifPresent(text ->
                                problems.add(new Problem(where, check.written().text() + ": " + text)));
            }
        }
    }

    private static Optional<String> unknown(String start, String wanted, List<Manifest.Column> columns) {
        List<String> names = columns.stream().map(Manifest.Column::name).toList();
        return names.stream().anyMatch(wanted::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of(start + wanted + "." + Near.hint(wanted, names));
    }

    /** What is wrong with a check of columns that exist. */
    private Optional<String> unfit(DeclaredCheck check, List<Manifest.Column> columns) {
        return switch (check) {
            case DeclaredCheck.Accepted rule ->
                rule.values().stream()
                        .flatMap(value -> unfit(value, rule.column(), columns).stream())
                        .findFirst();
            case DeclaredCheck.Range rule ->
                Stream.concat(rule.from().stream(), rule.to().stream())
                        .flatMap(bound -> unfit(bound, rule.column(), columns).stream())
                        .findFirst();
            case DeclaredCheck.Freshness rule -> {
                String type = type(rule.column(), columns);
                yield CALENDAR.matcher(type).matches()
                        ? Optional.empty()
                        : Optional.of("the column is of type " + type
                                + ", expected a date or timestamp. Cast it in the SELECT.");
            }
            case DeclaredCheck.Relationship rule ->
                Optional.ofNullable(described.get(key(rule.relation())))
                        .flatMap(target -> unknown(rule.relation() + " has no column ", rule.target(), target));
            case DeclaredCheck.Unique _, DeclaredCheck.NotNull _ -> Optional.empty();
        };
    }

    private Optional<String> unfit(Bound bound, String column, List<Manifest.Column> columns) {
        if (!bound.isAsOf()) {
            return unfit(bound.value(), column, columns);
        }
        String type = type(column, columns);
        return CALENDAR.matcher(type).matches()
                ? Optional.empty()
                : Optional.of("as-of is a date, and the column is of type " + type + ". Name another bound.");
    }

    private Optional<String> unfit(String value, String column, List<Manifest.Column> columns) {
        String type = type(column, columns);
        boolean fits = CheckSql.NUMBER.matcher(type).matches()
                ? NUMBER.matcher(value).matches()
                : duck.count(
                                "SELECT (try_cast(" + Duck.literal(value) + " AS " + type + ") IS NOT NULL)::INTEGER",
                                Origin.engine("Reading a value of", column))
                        == 1;
        return fits
                ? Optional.empty()
                : Optional.of("'" + value + "' is no value of column " + column + ", which is of type " + type
                        + ". Write it as that, or cast the column in the SELECT.");
    }

    private static String type(String column, List<Manifest.Column> columns) {
        return new CheckSql("", columns, java.time.LocalDate.EPOCH).type(column);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
