package smew.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Progress;
import smew.duck.Duck;
import smew.project.Project;

/** Tests of SQL, run on the SQL of views that nobody changed for them. */
final class SqlTestsTest {

    private static final String LOANS = """
            WITH loans (id, day, amount) AS (
                VALUES (1, DATE '2020-01-01', 10), (1, DATE '2020-01-02', 20), (2, DATE '2020-01-01', 5)
            ),
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        // No file is where the source would read one.
        write("sources/loans.sql", "-- @input loans = nowhere.csv\nFROM read_csv(getvariable('loans'))");
        write("features/history.sql", """
                -- @entity id
                -- @time day
                SELECT id, day, avg(amount) OVER (PARTITION BY id ORDER BY day) / 3 AS mean, 'x' AS note FROM loans
                """);
        write("features/total.sql", """
                -- @entity id
                SELECT id, sum(mean) AS total, getvariable('as_of') - max(day) AS days, today() AS today FROM history
                WHERE day <= getvariable('as_of') GROUP BY id
                """);
        write("checks/no_twins.sql", "SELECT id, count(*) AS n FROM history GROUP BY id HAVING count(*) > 1");
    }

    @Test
    void passesWhereTheExpectedRowsComeInAnyOrderAndNearEnough() throws IOException {
        passes(LOANS + """
                expected (mean, id, day) AS (
                    VALUES (1.6666667, 2, '2020-01-01'), (5, 1, '2020-01-02'), (3.3333333, 1, '2020-01-01')
                )
                SELECT * FROM history
                """);
        fails("-- @tolerance 0\n" + LOANS + """
                expected (id, mean) AS (VALUES (2, 1.6666667))
                SELECT * FROM history WHERE id = 2
                """, "1 row missing, 1 row unexpected:");
    }

    @Test
    void showsRowsThatAreMissingAndUnexpectedBesideEachOther() throws IOException {
        TestResult.Failure failure = fails(LOANS + """
                expected (id, day, mean) AS (
                    VALUES (1, DATE '2020-01-01', 3.3333333), (1, DATE '2020-01-02', 6), (3, NULL, NULL)
                )
                SELECT * FROM history WHERE id = 1
                """, "2 rows missing, 1 row unexpected:");
        assertEquals("sql/tests/t.sql:4", failure.where());
        assertEquals(List.of("id", "day", "mean"), failure.columns());
        assertEquals(
                List.of(
                        new TestResult.Row(false, List.of("1", "2020-01-02", "5.0")),
                        new TestResult.Row(true, List.of("1", "2020-01-02", "6.0")),
                        new TestResult.Row(true, List.of("3", "NULL", "NULL"))),
                failure.rows());
    }

    @Test
    void countsRowsThatAreThereTwice() throws IOException {
        fails(LOANS + "expected (id) AS (VALUES (1), (2)) FROM history", "1 row unexpected:");
        passes(LOANS + "expected (id) AS (VALUES (1), (2), (1)) FROM history");
        fails(
                LOANS + "expected AS (SELECT i % 2 + 1 AS id FROM range(100) t (i)) FROM history",
                "97 rows missing; the first 20");
    }

    @Test
    void comparesNothingAcrossTypesThatLosesDigits() throws IOException {
        fails(LOANS + "expected (id) AS (VALUES (1), (1.4), (2)) FROM history", "1 row missing, 1 row unexpected:");
        fails(
                LOANS + "expected (day) AS (VALUES (TIMESTAMP '2020-01-01 12:00')) FROM history WHERE id = 2",
                "1 row missing, 1 row unexpected:");
        fails(
                LOANS + "expected (mean) AS (VALUES ('Infinity'::DOUBLE)) FROM history WHERE id = 2",
                "1 row missing, 1 row unexpected:");
        fails(
                LOANS
                        + "expected (mean) AS (VALUES (1.6666667)) SELECT 'Infinity'::DOUBLE AS mean FROM history WHERE id = 2",
                "1 row missing, 1 row unexpected:");
        passes(LOANS
                + "expected (note, day) AS (VALUES ('x', NULL)) SELECT note, NULL AS day FROM history WHERE id = 2");
    }

    @Test
    void setsTheDateOfEachTestForEveryWayToAskForIt() throws IOException {
        String query = LOANS + "expected (id, days, today, total) AS (VALUES (1, 0, '2020-01-01', 3.3333333), (2, 0,"
                + " '2020-01-01', 1.6666667)) FROM total";
        passes("-- @as-of 2020-01-01\n" + query);
        write("tests/later.sql", "-- @as-of 2020-01-05\n" + query);
        assertEquals(
                List.of(false, true), run().stream().map(TestResult::passed).toList());
    }

    @Test
    void testsAViewOverOneThatTheTestBrings() throws IOException {
        passes("""
                -- @as-of 2020-01-05
                WITH history (id, day, mean) AS (VALUES (7, DATE '2020-01-01', 1.5), (7, DATE '2020-01-02', 2)),
                expected (id, total, days) AS (VALUES (7, 3.5, 3))
                FROM total
                """);
    }

    @Test
    void testsWhatACheckFinds() throws IOException {
        passes(LOANS + "expected (id, n) AS (VALUES (1, 2)) FROM no_twins");
    }

    @Test
    void namesTheNearestColumnOfWhatIsTested() throws IOException {
        TestResult.Failure failure = fails(
                LOANS + "expected (id, men) AS (VALUES (1, 2)) FROM history",
                "expected has the column men, which the query of the test does not give. Did you mean mean?");
        assertEquals("sql/tests/t.sql:4", failure.where());
    }

    @Test
    void saysWhichColumnTheRowsOfTheTestLack() throws IOException {
        TestResult.Failure failure = fails(
                "WITH loans (id, day) AS (VALUES (1, 2)), expected (id) AS (VALUES (1))\nFROM history",
                "Testing sql/features/history.sql:3: ");
        assertEquals("sql/tests/t.sql:2", failure.where());
        assertTrue(
                failure.text().contains("\"amount\" not found")
                        && failure.text()
                                .endsWith(
                                        " The test brings loans"
                                                + " (sql/tests/t.sql:1) with id, day. Add the column to the CTE, or correct its name."),
                failure.text());
    }

    @Test
    void leavesNothingToTheNextTest() throws IOException {
        write(
                "tests/a.sql",
                LOANS + "expected AS (SELECT 1 AS id), failing AS (SELECT error('stop') AS a) FROM history, failing");
        write(
                "tests/b.sql",
                "WITH loans (id, day, amount) AS (VALUES (3, 4, 5)), expected (id) AS (VALUES (3)) FROM history");
        assertEquals(
                List.of(false, true), run().stream().map(TestResult::passed).toList());
    }

    private void passes(String sql) throws IOException {
        write("tests/t.sql", sql);
        assertEquals(
                List.of(),
                run().stream().flatMap(result -> result.failure().stream()).toList());
    }

    private TestResult.Failure fails(String sql, String text) throws IOException {
        write("tests/t.sql", sql);
        TestResult.Failure failure = run().getFirst().failure().orElseThrow();
        assertTrue(failure.text().startsWith(text), failure.text());
        return failure;
    }

    private List<TestResult> run() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            List<String> steps = new ArrayList<>();
            List<TestResult> results =
                    SqlTests.run(Project.read(folder, duck::parse).tests(), name -> {
                        steps.add(name);
                        return Progress.NONE.start(name);
                    });
            assertEquals(List.of("tests"), steps);
            return results;
        }
    }

    private void write(String path, String sql) throws IOException {
        Path file = folder.resolve("sql").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, sql);
    }
}
