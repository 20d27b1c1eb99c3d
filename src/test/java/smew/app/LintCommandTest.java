package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** lint and format as a person and an editor call them. */
final class LintCommandTest extends OnPrompt {

    private static final String VIEW = "features/history.sql";

    private final Engine engine = new Wiring(Clock.systemUTC());

    @BeforeEach
    void write() throws IOException {
        file("sources/loans.sql", "SELECT a.id, a.day FROM (VALUES (1, DATE '2020-01-01')) AS a (id, day)\n");
        file(VIEW, "-- @entity id\nSELECT id, day FROM loans\n");
    }

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve("sql").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private int run(String... arguments) {
        return prompt.run(engine, arguments);
    }

    @Test
    void endsWithZeroWhereNothingIsWrong() {
        assertEquals(0, run("lint"), prompt::out);
        assertEquals("", prompt.out());
        assertTrue(prompt.err().contains("Nothing to report."), prompt::err);
    }

    @Test
    void endsWithTwoAtAnErrorAndZeroAtAWarning() throws IOException {
        file(VIEW, "-- @entity id\nSELECT id, today() - day AS age FROM loans\n");
        assertEquals(0, run("lint"));
        assertTrue(prompt.out().startsWith("sql/features/history.sql:2:12: warn clock: today() "), prompt::out);
        assertEquals(7, run("lint", "--strict"));
        file(VIEW, "-- @entity id\nSELECT id, dai FROM loans\n");
        assertEquals(2, run("lint"));
        assertTrue(prompt.err().contains("1 error, 0 warnings"), prompt::err);
    }

    @Test
    void reportsOnTheFilesThatAreNamed() throws IOException {
        file(VIEW, "-- @entity id\nSELECT id, dai FROM loans\n");
        assertEquals(0, run("lint", "sql/sources/loans.sql"));
        assertEquals(2, run("lint", "sql/features/history.sql"));
        assertEquals(3, run("lint", "sql/features/gone.sql"));
        assertEquals(2, run("lint", "elsewhere.sql"));
        assertTrue(prompt.err().contains("no SQL file of the project"), prompt::err);
    }

    @Test
    void givesAnEditorPlacesOfItsUnsavedText() {
        prompt.in = "-- @entity id\nSELECT id, dai FROM loans\n";
        assertEquals(2, run("lint", "-", "--file", "sql/features/history.sql", "--json"));
        JsonNode found = Json.tree(prompt.out());
        assertEquals(1, found.size());
        JsonNode first = found.get(0);
        assertEquals("sql/features/history.sql", first.path("file").asString());
        assertEquals("error", first.path("severity").asString());
        assertEquals("column", first.path("rule").asString());
        assertEquals(
                "2 12 2 15",
                first.path("line").asInt() + " " + first.path("column").asInt() + " "
                        + first.path("end_line").asInt() + " "
                        + first.path("end_column").asInt());
        assertEquals(2, run("lint", "-"));
        assertTrue(prompt.err().contains("--file"), prompt::err);
    }

    @Test
    void theSampleAndWhatInitWritesAreCleanAndLaidOut() throws IOException {
        assertEquals(0, run("init", "sample"));
        Files.writeString(
                directory.resolve("l.csv"),
                "id,day,amount,town,note,bad\n" + "1,2020-01-01,3.5,Bonn,x1,0\n2,2020-01-02,4,Kiel,x2,1\n".repeat(1)
                        + rows());
        assertEquals(
                0,
                run("init", "--from", "l.csv", "--entity", "id", "--time", "day", "--label", "bad", "made"),
                prompt::err);
        for (String project : new String[] {"sample", "made"}) {
            assertEquals(0, run("lint", "--project", project));
            assertEquals("", prompt.out());
            assertEquals(0, run("format", "--check", "--project", project), prompt::out);
        }
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder();
        for (int row = 3; row < 60; row++) {
            rows.append(row % 7)
                    .append(",2020-")
                    .append(10 + row % 3)
                    .append("-")
                    .append(10 + row % 19)
                    .append(",")
                    .append(row * 37 % 100)
                    .append(row % 2 == 0 ? ",Bonn,x" : ",Kiel,x")
                    .append(row)
                    .append(",")
                    .append(row * 31 % 5 / 4)
                    .append("\n");
        }
        return rows.toString();
    }

    @Test
    void formatsFilesInPlaceAndChecksThem() throws IOException {
        file(VIEW, "-- @entity id\nselect id,day\n  from loans\n");
        assertEquals(7, run("format", "--check"));
        assertEquals("sql/features/history.sql\n", prompt.out());
        assertEquals(7, run("format", "--diff"));
        assertTrue(prompt.out().contains("-select id,day\n-  from loans\n+SELECT id, day\n+FROM loans\n"), prompt::out);
        assertEquals(0, run("format"));
        assertEquals("-- @entity id\nSELECT id, day\nFROM loans\n", Files.readString(directory.resolve("sql/" + VIEW)));
        assertEquals(0, run("format", "--check"));
        assertEquals("", prompt.out());
    }

    @Test
    void formatsWhatItCanAndTellsOfTheRest() throws IOException {
        file(VIEW, "-- @entity id\nselect id from (\n");
        file("features/other.sql", "-- @entity id\nselect id from loans\n");
        assertEquals(2, run("format"));
        assertTrue(prompt.err().contains("sql/features/history.sql:"), prompt::err);
        assertEquals("-- @entity id\nselect id from (\n", Files.readString(directory.resolve("sql/" + VIEW)));
        assertTrue(Files.readString(directory.resolve("sql/features/other.sql")).contains("SELECT id FROM loans"));
        try (var left = Files.list(directory.resolve("sql/features"))) {
            assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith(".")));
        }
    }

    @Test
    void formatsStandardInput() {
        prompt.in = "select 1 as a\nfrom loans";
        assertEquals(0, run("format", "-"));
        assertEquals("SELECT 1 AS a\nFROM loans\n", prompt.out());
        assertEquals(7, run("format", "--check", "-"));
        assertEquals("", prompt.out());
    }
}
