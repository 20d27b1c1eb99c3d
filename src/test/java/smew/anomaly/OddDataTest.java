package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** Data and names that are unusual and legal, or that must be refused before anything is published. */
class OddDataTest {

    @TempDir
    Path folder;

    @Test
    void aFolderWhoseNameHoldsGlobCharacters() {
        SmallProject project = SmallProject.in(folder.resolve("t[1]*"));
        assertEquals(0, project.smew("run").code());
        assertEquals(
                "400\n",
                project.smew("sql", "SELECT count(*) AS n FROM history").out().substring(2));
    }

    @Test
    void infinityAndNanInAFeature() {
        SmallProject project = SmallProject.in(folder)
                .write(
                        "sql/features/history.sql",
                        "-- @entity id\n-- @time day\nSELECT id, day, status, 1 / (amount - 1000) AS amount,"
                                + " 'nan'::DOUBLE AS nothing FROM loans");
        Outcome run = project.smew("run");
        assertEquals(0, run.code(), run.err());
    }

    @Test
    void aWholeDecimalIsAnInteger() {
        SmallProject project = withId("id::DECIMAL(18, 0)");
        JsonNode answer = Json.tree(lastLine(project.smew("run").out()));
        assertTrue(answer.get("id").isIntegralNumber(), answer.toString());
    }

    @Test
    void anIdThatWouldLoseDigitsIsRefused() {
        for (String id : new String[] {"hash(id)", "id::HUGEINT", "id::DECIMAL(20, 0)", "id::DOUBLE"}) {
            Outcome run = withId(id).smew("run");
            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().contains("sql/features/history.sql:1: column id is of type"), run.err());
            assertTrue(run.err().contains("Cast it to BIGINT or VARCHAR"), run.err());
        }
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        Outcome run = SmallProject.in(folder)
                .write(
                        "sql/features/history.sql",
                        "-- @entity id\n-- @time day\nSELECT *, amount + 1 AS Amount FROM loans")
                .smew("run");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("sql/features/history.sql: the SELECT has two columns Amount"), run.err());
    }

    @Test
    void aModelThatRefusesTheFirstEntityIsReleasedOnce() {
        SmallProject project = SmallProject.in(folder)
                .write(
                        "sql/models/risk.sql",
                        "-- @label status\n-- @allow separation * the label was made from the amount\n-- @missing error\n-- @algorithm decision-tree\n"
                                + "SELECT id, day, CASE WHEN id > 0 THEN amount END AS amount,"
                                + " CASE WHEN id > 0 THEN status END AS status FROM history");
        Outcome run = project.smew("run", "--retries", "2", "--retry-delay", "1s");
        assertEquals(0, run.code(), run.err());
        assertEquals(1, Json.tree(project.smew("releases", "--json").out()).size());
    }

    @Test
    void aQueryMayEndWithASemicolon() {
        Outcome query = SmallProject.in(folder).smew("sql", "SELECT 1 AS one; ");
        assertEquals("one\n1\n", query.out(), query.err());
    }

    @Test
    void anErrorOfTheSqlIsNotTakenForOneOfTheFile() {
        Outcome run = SmallProject.in(folder)
                .write(
                        "sql/sources/loans.sql",
                        "-- @input loans = loans.csv\nSELECT id, day, amount, 'x'::INTEGER AS status\n"
                                + "FROM read_csv(getvariable('loans'))")
                .smew("run");
        assertTrue(run.err().contains("Could not convert string 'x'"), run.err());
    }

    private SmallProject withId(String id) {
        return SmallProject.in(folder)
                .write(
                        "sql/features/history.sql",
                        "-- @entity id\n-- @time day\nSELECT " + id + " AS id, day, amount, status FROM loans");
    }

    private static String lastLine(String text) {
        return text.strip().lines().reduce((first, second) -> second).orElseThrow();
    }
}
