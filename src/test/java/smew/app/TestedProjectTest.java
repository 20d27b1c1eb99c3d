package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** Tests of SQL and rules for rows, as somebody at a prompt sees them. */
final class TestedProjectTest extends OnPrompt {

    private static final String DOUBLED = """
            WITH loans (id, amount) AS (VALUES (1, 10), (2, NULL)),
            expected (id, twice) AS (VALUES (1, %s), (2, NULL))
            FROM doubled
            """;

    @BeforeEach
    void write() throws IOException {
        write("sql/sources/loans.sql", source("@unique id", "@range amount 0.."));
        write("sql/features/doubled.sql", "-- @entity id\nSELECT id, amount * 2 AS twice FROM loans");
        write("sql/tests/doubles.sql", DOUBLED.formatted("20"));
    }

    @Test
    void testsAloneNeedNoData() throws IOException {
        assertEquals(0, run("check", "--tests-only"), prompt.err());
        assertTrue(prompt.out().matches("test doubles: passed, [0-9.]+ ms\\n1 test passed\\n"), prompt.out());
        assertEquals(0, run("check", "--tests-only", "--json"), prompt.err());
        JsonNode test = Json.tree(prompt.out()).get("tests").get(0);
        assertEquals("sql/tests/doubles.sql", test.get("path").asString());
        Files.delete(directory.resolve("sql/tests/doubles.sql"));
        assertEquals(0, run("check", "--tests-only"));
        assertTrue(prompt.err().contains("There is no test: write some to sql/tests."), prompt.err());
    }

    @Test
    void aRunStopsAtATestThatFailsBeforeItLooksForData() throws IOException {
        write("sql/tests/doubles.sql", DOUBLED.formatted("30"));
        write("sql/tests/again.sql", DOUBLED.formatted("20").replace("expected (id, twice)", "expected (id, twise)"));
        for (List<String> command : List.of(List.of("run", "--features-only"), List.of("check"))) {
            assertEquals(4, run(command.toArray(String[]::new)));
            assertTrue(prompt.err().contains("""
                    Testing:
                      sql/tests/again.sql:2: expected has the column twise, which the query of the test does not give. Did you mean \
                    twice?
                      sql/tests/doubles.sql:2: 1 row missing, 1 row unexpected:
                                    id  twice
                        ----------  --  -----
                        unexpected  1   20
                        missing     1   30
                    """), prompt.err());
            assertFalse(prompt.err().contains("loans.csv"), prompt.err());
        }
        assertTrue(prompt.out().contains("test doubles: failed, "), prompt.out());
        assertTrue(prompt.out().endsWith("0 of 2 tests passed\n"), prompt.out());
    }

    @Test
    void aBrokenRuleStopsARunWithAllOthersAndWithChecks() throws IOException {
        write("loans.csv", "id,amount\n1,10\n1,-5\n2,3\n");
        write("sql/features/doubled.sql", "-- @entity id\nSELECT DISTINCT id, 2 AS twice FROM loans");
        write("sql/tests/doubles.sql", "WITH loans AS (SELECT 1 AS id), expected AS (SELECT 1 AS id) FROM doubled");
        write("sql/checks/never.sql", "-- No row at all.\nFROM doubled WHERE id = 2");
        assertEquals(4, run("run", "--features-only"));
        assertTrue(prompt.err().contains("""
                Checking:
                  sql/sources/loans.sql:2: loans, @unique id: 2 rows share id with another, such as id=1 (2 rows). Fix the data or \
                the SQL, or write -- @severity unique id warn into the file.
                  sql/sources/loans.sql:3: loans, @range amount 0..: 1 row lies outside, such as amount=-5. Fix the data or the \
                SQL, or write -- @severity range amount warn into the file.
                  sql/checks/never.sql: found 1 rows, expected none. No row at all."""), prompt.err());
        assertFalse(Files.exists(directory.resolve("out/CURRENT")));
    }

    @Test
    void aReleaseKeepsWhatItsRulesFound() throws IOException {
        write("loans.csv", "id,amount\n1,10\n3,-5\n2,3\n");
        write("sql/sources/loans.sql", source("@unique id", "@range amount 0..", "@severity range warn"));
        assertEquals(0, run("run", "--features-only"), prompt.err());
        assertTrue(prompt.out().contains("  loans @unique id (error): passed\n"), prompt.out());
        String found = "1 row lies outside, such as id=3, amount=-5.";
        assertTrue(
                prompt.out().contains("  loans @range amount 0.. (warn): " + found + " (sql/sources/loans.sql:3)\n"),
                prompt.out());
        Path release = directory
                .resolve("out/releases")
                .resolve(Files.readString(directory.resolve("out/CURRENT")).strip());
        JsonNode check = Json.tree(Files.readString(release.resolve("release.json")))
                .get("checks")
                .get(1);
        assertEquals(1, check.get("failing").asInt());
        assertEquals(found, check.get("declared").get("found").asString());
        assertTrue(Files.readString(release.resolve("report.html"))
                .contains("Declared in sql/sources/loans.sql:3: " + found));
        assertEquals(0, run("reproduce"), prompt.err());
    }

    @Test
    void aRuleOfAColumnThatIsNotThereIsToldBeforeAnythingRuns() throws IOException {
        write("loans.csv", "id,amount\n1,10\n");
        write("sql/sources/loans.sql", source("@not-null idd"));
        assertEquals(2, run("run", "--features-only"));
        assertTrue(
                prompt.err().contains("sql/sources/loans.sql:2: the SELECT has no column idd. Did you mean id?"),
                prompt.err());
        assertFalse(prompt.err().contains("source loans"), prompt.err());
    }

    private int run(String... arguments) {
        return prompt.run(new Wiring(prompt.clock()), arguments);
    }

    private static String source(String... rules) {
        StringBuilder sql = new StringBuilder("-- @input loans = loans.csv\n");
        for (String rule : rules) {
            sql.append("-- ").append(rule).append('\n');
        }
        return sql + "FROM read_csv(getvariable('loans'))\n";
    }

    private void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
