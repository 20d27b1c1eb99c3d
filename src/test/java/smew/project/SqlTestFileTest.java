package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files below sql/tests say, and how it is told where they say nothing that could be run. */
final class SqlTestFileTest {

    private static final DuckParser PARSER = new DuckParser();

    @TempDir
    Path directory;

    private ProjectFolder folder;

    @BeforeEach
    void write() {
        folder = new ProjectFolder(directory, PARSER)
                .write("sources/loans.sql", "-- @input l = l.csv\nFROM read_csv(getvariable('l'))")
                .write("sources/rates.sql", "SELECT 1 AS day, 2 AS rate")
                .write("features/history.sql", "-- @entity id\nFROM loans JOIN rates USING (day)")
                .write("features/aged.sql", "-- @entity id\nSELECT *, getvariable('as_of') AS today FROM history");
    }

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void cutsItsCtesFromTheQueryWhateverStandsInThem() {
        SqlTest test = read("""
                -- @as-of 2020-03-01
                -- @tolerance 0.01
                WITH /* ) ( */ loans (id, "a)b") AS MATERIALIZED (
                    VALUES (1, ')'), (2, $$(($$) -- )
                ),
                odd AS NOT MATERIALIZED (SELECT 1),
                "EXPECTED" AS (SELECT * FROM odd)

                SELECT * FROM aged
                """);
        assertEquals(List.of(new SqlTest.Given("loans", 3)), test.given());
        assertEquals(List.of(7, 9), List.of(test.expected(), test.query()));
        assertEquals(
                "\"EXPECTED\" AS (SELECT * FROM odd)",
                test.ctes().strip().lines().toList().getLast());
        assertEquals(List.of("rates", "history", "aged"), names(test));
        assertEquals(Optional.of(LocalDate.of(2020, 3, 1)), test.asOf());
        assertEquals(0.01, test.tolerance());
    }

    @Test
    void runsNothingBelowWhatItBrings() {
        SqlTest test = read(
                "-- @as-of 2020-01-01\nWITH history AS (SELECT 1 AS id), expected AS (SELECT 1 AS id) FROM aged, history");
        assertEquals(List.of("aged"), names(test));
        assertEquals(SqlTest.TOLERANCE, test.tolerance());
    }

    @Test
    void mayBeNamedAsWhatItTestsAndIsNoRelation() {
        folder.write("tests/history.sql", "WITH loans AS (SELECT 1), expected AS (SELECT 1) FROM history");
        assertEquals(4, folder.read().relations().size());
        assertEquals("history", folder.read().tests().getFirst().name());
    }

    @Test
    void saysWhichFilesItWouldHaveToRead() {
        says(
                "WITH expected AS (SELECT 1 AS id) FROM history",
                "sql/tests/t.sql:1: The test brings no rows of the source loans, which history reads, and files are not read in a"
                        + " test. Add a CTE loans with a few rows in VALUES.");
    }

    @Test
    void suggestsTheRelationThatACteIsMeantToBe() {
        says(
                "WITH loan AS (SELECT 1),\nexpect AS (SELECT 1 AS id)\nFROM history",
                "sql/tests/t.sql:1: A test needs a CTE expected with the rows that its last query has to give. Did you mean"
                        + " expect?",
                "sql/tests/t.sql:1: The CTE loan is no relation of the project, and nothing reads it. Did you mean loans?",
                "sql/tests/t.sql:2: The CTE expect is no relation of the project, and nothing reads it. Known: history, loans,"
                        + " rates.",
                "sql/tests/t.sql:3: The test brings no rows of the source loans, which history reads, and files are not read in a"
                        + " test. Add a CTE loans with a few rows in VALUES.");
    }

    @Test
    void wantsADateWhereSomethingAsksForIt() {
        says(
                "WITH loans AS (SELECT 1), expected AS (SELECT 1) FROM aged",
                "sql/tests/t.sql:1: What is today matters to aged, and the test does not say it. Add a line such as -- @as-of"
                        + " 2021-09-17.");
        says(
                "-- @as-of today\nWITH loans AS (SELECT 1), expected AS (SELECT 1) FROM aged",
                "sql/tests/t.sql:1: @as-of holds 'today': 'today' is no date such as 2021-09-17. Expected @as-of DATE.");
    }

    @Test
    void refusesWhatTestsNothingAndRowsThatNobodyReads() {
        says(
                "WITH history AS (SELECT 1), expected AS (SELECT 1)\nSELECT 1",
                "sql/tests/t.sql:1: The test brings rows of history, which nothing that it runs reads. Remove the CTE.",
                "sql/tests/t.sql:2: The last query of this test reads no relation of the project, so that nothing is tested."
                        + " Write WITH loans AS (…), expected AS (…) SELECT … FROM a view that reads loans.");
    }

    @Test
    void knowsItsOwnDirectivesOnly() {
        says(
                "-- @entity id\n-- @tolerance 1\nWITH loans AS (SELECT 1), expected AS (SELECT 1) FROM history",
                "sql/tests/t.sql:1: @entity does not belong in a test, only in features (required), models. Remove the line, or"
                        + " move it.",
                "sql/tests/t.sql:2: @tolerance holds '1': the share 1 is not from 0 to below 1. Expected @tolerance SHARE.");
    }

    private SqlTest read(String sql) {
        return folder.write("tests/t.sql", sql).read().tests().getFirst();
    }

    private void says(String sql, String... problems) {
        assertEquals(List.of(problems), folder.write("tests/t.sql", sql).problems());
    }

    private static List<String> names(SqlTest test) {
        return test.run().stream().map(Relation::name).toList();
    }
}
