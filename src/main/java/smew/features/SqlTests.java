package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.TestResult.Failure;
import smew.project.Relation;
import smew.project.SqlTest;
import smew.project.SqlTest.Given;
import smew.release.Manifest;

/**
 * Runs tests of SQL in a database of their own, which can read no file. Relations that a test brings are views of its CTEs; what it
 * tests, and what lies between, are views of the SQL in their files, word for word.
 */
public final class SqlTests {

    private static final String SCHEMA = "\"smew test\"";

    /** What DuckDB says where a SELECT asks for a column that the rows of a test do not have. */
    private static final Pattern NO_COLUMN =
            Pattern.compile("(Referenced column \".*\" not found|does not have a column named)");

    /** A few rows are not worth the waiting of threads for each other. */
    private static final Duck.Limits ALONE = new Duck.Limits(Optional.of(1), Optional.empty(), Optional.empty());

    private final Duck duck;
    private final SqlTest test;

    private SqlTests(Duck duck, SqlTest test) {
        this.duck = duck;
        this.test = test;
    }

    /** Runs all of them, whatever fails. */
    public static List<TestResult> run(List<SqlTest> tests, Progress progress) {
        if (tests.isEmpty()) {
            return List.of();
        }
        List<TestResult> results = new ArrayList<>();
        try (Progress.Step step = progress.start("tests");
                Duck duck = Duck.inMemory(ALONE)) {
            duck.execute("SET enable_external_access = false", Origin.engine("Starting", "DuckDB for tests"));
            long start = System.nanoTime();
            for (SqlTest test : tests) {
                long began = System.nanoTime();
                Optional<Failure> failure = new SqlTests(duck, test).failure();
                results.add(new TestResult(test.name(), test.file().path(), milliseconds(began), failure));
            }
            long failed = results.stream().filter(result -> !result.passed()).count();
            step.result((failed == 0 ? results.size() + " passed" : failed + " of " + results.size() + " failed")
                    + String.format(Locale.ROOT, " in %.0f ms", milliseconds(start)));
        }
        return results;
    }

    private Optional<Failure> failure() {
        Origin engine = Origin.engine("Testing", test.file().path());
        duck.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE", engine);
        duck.execute("CREATE SCHEMA " + SCHEMA, engine);
        duck.execute("RESET VARIABLE as_of", engine);
        test.asOf().ifPresent(day -> {
            duck.variable("as_of", day);
            Today.turn(duck, SCHEMA, day);
        });
        try {
            test.given()
                    .forEach(given -> view(
                            given.name(),
                            rowsOf(given.name()),
                            testing(test.file().path())));
            test.run().forEach(this::view);
            table("smew expected", rowsOf(SqlTest.EXPECTED));
            table("smew actual", test.file().sql());
            return new ExpectedRows(duck, test, name("smew actual"), name("smew expected"), name("smew different"))
                    .failure();
        } catch (SmewException broken) {
            return Optional.of(new Failure(
                    test.where(test.query()), broken.getMessage() + given(broken.getMessage()), List.of(), List.of()));
        }
    }

    /** The SELECT of one CTE; those before it are there too. */
    private String rowsOf(String cte) {
        return test.ctes() + "SELECT * FROM " + Duck.identifier(cte);
    }

    private void view(Relation relation) {
        view(relation.name(), relation.file().sql(), testing(relation.file().path()));
    }

    private void view(String name, String select, Origin origin) {
        duck.execute("CREATE VIEW " + name(name) + " AS\n" + select, origin);
    }

    /** By way of a view, because a SELECT of a view finds the relations of its schema, and no others. */
    private void table(String name, String select) {
        view(name + " view", select, testing(test.file().path()));
        duck.execute(
                "CREATE TABLE " + name(name) + " AS FROM " + name(name + " view"),
                Origin.engine("Testing", test.file().path()));
    }

    /** Where a column is not found: what the test brings. */
    private String given(String message) {
        if (!NO_COLUMN.matcher(message).find()) {
            return "";
        }
        return test.given().stream()
                .map(this::columns)
                .collect(joining("; ", " The test brings ", ". Add the column to the CTE, or correct its name."));
    }

    private String columns(Given given) {
        String names =
                FeatureRun.columns(
                                duck,
                                rowsOf(given.name()),
                                Origin.engine("Reading", test.file().path()))
                        .stream()
                        .map(Manifest.Column::name)
                        .collect(joining(", "));
        return given.name() + " (" + test.where(given.line()) + ") with " + names;
    }

    private static String name(String relation) {
        return SCHEMA + "." + Duck.identifier(relation);
    }

    /** One line stands before the first of the file. */
    private static Origin testing(String path) {
        return new Origin("Testing", path, 1);
    }

    private static double milliseconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e5) / 10.0;
    }
}
