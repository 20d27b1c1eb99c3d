package smew.features;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import smew.base.Problem;
import smew.base.Progress;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.DeclaredCheck;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/** Runs the checks that sources and feature views declare: one query for all of a relation, where that can be. */
public final class DeclaredChecks {

    private static final int EXAMPLES = 3;

    private final Duck duck;
    private final LocalDate asOf;
    private final Relation relation;
    private final CheckSql sql;

    /** Columns that name a row in examples. */
    private List<String> key = List.of();

    private DeclaredChecks(Duck duck, Relation relation, LocalDate asOf) {
        this.duck = duck;
        this.asOf = asOf;
        this.relation = relation;
        this.sql = rules(relation.name());
    }

    /** A check and the relation that declares it. */
    private record Declared(Relation relation, DeclaredCheck check) {

        String name() {
            return relation.name() + " " + check.written().text();
        }

        String where() {
            return relation.file().path() + ":" + check.written().line();
        }
    }

    /** Names of all results that a project may have, in order. */
    public static List<String> names(Project project) {
        return declared(project).map(Declared::name).toList();
    }

    /** Names of the results of one relation. */
    public static List<String> names(Relation relation) {
        return declared(relation).map(Declared::name).toList();
    }

    private static Stream<Declared> declared(Project project) {
        return project.relations().stream().flatMap(DeclaredChecks::declared);
    }

    private static Stream<Declared> declared(Relation relation) {
        return relation.declaredChecks().stream().map(check -> new Declared(relation, check));
    }

    /**
     * Runs checks over relations that exist.
     *
     * @param wanted which ones
     */
    public static List<Manifest.Check> run(
            Duck duck,
            Project project,
            BiPredicate<Relation, DeclaredCheck> wanted,
            LocalDate asOf,
            Progress progress) {
        List<Manifest.Check> results = new ArrayList<>();
        for (Relation relation : project.relations()) {
            List<DeclaredCheck> checks = relation.declaredChecks().stream()
                    .filter(check -> wanted.test(relation, check))
                    .toList();
            if (!checks.isEmpty()) {
                try (Progress.Step step = progress.start("checks of " + relation.name())) {
                    List<Manifest.Check> found = new DeclaredChecks(duck, relation, asOf).run(checks);
                    long broken =
                            found.stream().filter(check -> check.failing() > 0).count();
                    step.result(broken == 0 ? found.size() + " passed" : broken + " of " + found.size() + " failing");
                    results.addAll(found);
                }
            }
        }
        return results;
    }

    /** What stops a release: each of severity error that rows broke. */
    public static List<Problem> problems(Project project, List<Manifest.Check> results) {
        return declared(project)
                .filter(declared -> declared.check().written().severity() == Relation.Severity.ERROR)
                .flatMap(declared -> results.stream()
                        .filter(result -> result.name().equals(declared.name()) && result.failing() > 0)
                        .map(result -> new Problem(declared.where(), said(declared, result))))
                .toList();
    }

    private static String said(Declared declared, Manifest.Check result) {
        String found = result.declared().flatMap(Manifest.Declared::found).orElse("broken");
        return declared.relation().name() + ", " + declared.check().written().text() + ": " + found
                + " Fix the data or the SQL, or write " + declared.check().warning() + " into the file.";
    }

    private List<Manifest.Check> run(List<DeclaredCheck> checks) {
        List<Manifest.Check> results = new ArrayList<>();
        List<Long> counts = counted(checks);
        key = IntStream.range(0, checks.size())
                .filter(i -> checks.get(i) instanceof DeclaredCheck.Unique && counts.get(i) == 0)
                .mapToObj(i -> checks.get(i).columns())
                .findFirst()
                .orElseGet(this::declaredKey);
        for (int i = 0; i < checks.size(); i++) {
            DeclaredCheck check = checks.get(i);
            boolean holds = counts.get(i) == 0;
            long failing = holds ? 0 : failing(check, counts.get(i));
            Declared declared = new Declared(relation, check);
            results.add(new Manifest.Check(
                    declared.name(),
                    check.written().severity().word(),
                    failing,
                    Optional.of(new Manifest.Declared(
                            relation.name(),
                            declared.where(),
                            holds ? Optional.empty() : Optional.of(evidence(check, failing))))));
        }
        return results;
    }

    /** A number for each, 0 where it holds: all in one pass, but for relationships. */
    private List<Long> counted(List<DeclaredCheck> checks) {
        String aggregates = checks.stream()
                .flatMap(check -> sql.aggregate(check).stream())
                .map(aggregate -> "(" + aggregate + ")::BIGINT")
                .collect(joining(", "));
        List<Long> together = new ArrayList<>();
        if (!aggregates.isEmpty()) {
            // Columns have no names of their own here, and Arrow wants each name once.
            Table counted = duck.query("SELECT unnest([" + aggregates + "]) FROM " + sql.relation(), looking());
            for (long count : ((Column.Integers) counted.columns().getFirst()).values()) {
                together.add(count);
            }
        }
        List<Long> counts = new ArrayList<>();
        int next = 0;
        for (DeclaredCheck check : checks) {
            counts.add(
                    check instanceof DeclaredCheck.Relationship rule
                            ? duck.count("SELECT count(*) " + orphans(rule), looking())
                            : together.get(next++));
        }
        return counts;
    }

    private String orphans(DeclaredCheck.Relationship rule) {
        CheckSql target = rules(rule.relation());
        return sql.orphans(rule, target.relation(), target.type(rule.target()));
    }

    /** How many rows broke a check that is known to fail. */
    private long failing(DeclaredCheck check, long counted) {
        return check instanceof DeclaredCheck.Unique rule
                ? duck.count("SELECT sum(\"smew rows\")::BIGINT FROM (" + sql.shared(rule) + ")", looking())
                : counted;
    }

    private String evidence(DeclaredCheck check, long failing) {
        return switch (check) {
            case DeclaredCheck.Unique rule ->
                rows(failing, "shares", "share") + " " + named(rule.columns()) + " with another"
                        + examples(rule.columns(), "(" + sql.shared(rule) + ")", Optional.of("\"smew rows\""));
            case DeclaredCheck.NotNull rule ->
                rows(failing, "has", "have") + " no " + String.join(" or no ", rule.columns()) + examples(check);
            case DeclaredCheck.Accepted rule ->
                rows(failing, "has", "have") + " another value: " + others(rule) + examples(check);
            case DeclaredCheck.Range _ -> rows(failing, "lies", "lie") + " outside" + examples(check);
            case DeclaredCheck.Relationship rule ->
                rows(failing, "has", "have") + " a value that " + rule.relation() + "." + rule.target() + " lacks"
                        + examples(shown(check), orphans(rule));
            case DeclaredCheck.Freshness rule -> {
                String newest = duck.texts(
                                "SELECT coalesce((" + sql.newest(rule) + ")::VARCHAR, 'none') FROM " + sql.relation(),
                                looking())
                        .getFirst();
                yield "the newest " + rule.column() + " up to " + asOf + " is " + newest + ", expected " + rule.days()
                        + (rule.days() == 1 ? " day" : " days") + " before at the most.";
            }
        };
    }

    private String examples(DeclaredCheck check) {
        return examples(
                shown(check),
                "FROM " + sql.relation() + " WHERE " + sql.broken(check).orElseThrow());
    }

    /** The most frequent values that are not accepted. */
    private String others(DeclaredCheck.Accepted rule) {
        String column = sql.name(rule.column());
        return String.join(
                ", ",
                duck.texts(
                        "SELECT concat('''', " + column + ", ''' (', format('{:,}', count(*)), ')') FROM "
                                + sql.relation() + " WHERE "
                                + sql.broken(rule).orElseThrow() + " GROUP BY " + column + " ORDER BY count(*) DESC, "
                                + column + " LIMIT " + EXAMPLES,
                        looking()));
    }

    /** What tells which row it is, then what is wrong with it; each column once. */
    private List<String> shown(DeclaredCheck check) {
        return Stream.concat(
                        key.stream(),
                        check.columns().stream().filter(column -> key.stream().noneMatch(column::equalsIgnoreCase)))
                .distinct()
                .toList();
    }

    /** What names a row where nothing is known to be unique: entity and event time. */
    private List<String> declaredKey() {
        return switch (relation) {
            case Relation.Source source -> source.time();
            case Relation.FeatureView view ->
                Stream.concat(view.entity().stream(), view.time().stream()).toList();
            case Relation.Model model -> model.entity();
            case Relation.Check _ -> List.of();
        };
    }

    private String examples(List<String> columns, String from) {
        return examples(columns, "(" + from + ")", Optional.empty());
    }

    /** {@code , such as loan_id=5, age=-3; loan_id=7, age=200.} */
    private String examples(List<String> columns, String from, Optional<String> count) {
        String listed = columns.stream()
                .map(column -> Duck.literal(column + "=") + ", coalesce(" + sql.name(column) + "::VARCHAR, 'null')")
                .collect(joining(", ', ', "));
        String times = count.map(rows -> ", ' (', " + rows + ", ' rows)'").orElse("");
        String order = columns.stream().map(sql::name).collect(joining(", "));
        return duck
                .texts(
                        "SELECT concat(" + listed + times + ") FROM " + from + " ORDER BY " + order + " LIMIT "
                                + EXAMPLES,
                        looking())
                .stream()
                .collect(joining("; ", ", such as ", "."));
    }

    private CheckSql rules(String name) {
        String made = "main." + Duck.identifier(name);
        return new CheckSql(made, FeatureRun.columns(duck, "FROM " + made, Origin.engine("Describing", name)), asOf);
    }

    private Origin looking() {
        return Origin.engine("Checking the rows of", relation.file().path());
    }

    private static String named(List<String> columns) {
        return String.join(", ", columns);
    }

    private static String rows(long rows, String one, String several) {
        return rows == 1 ? "1 row " + one : FeatureRun.rows(rows) + " " + several;
    }
}
