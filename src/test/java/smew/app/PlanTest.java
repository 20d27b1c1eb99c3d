package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** What a run would do is told before it does it. */
class PlanTest {

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        write("loans.csv", "id,amount\n1,10\n2,20\n3,30\n");
        write("places.csv", "id,place\n1,Oslo\n2,Bergen\n");
        write("sql/sources/loans.sql", source("loans"));
        write("sql/sources/places.sql", source("places"));
        write("sql/features/loan.sql", "-- @entity id\nSELECT id, amount FROM loans\n");
        write("sql/features/place.sql", "-- @entity id\nSELECT id, place FROM places\n");
        write("sql/checks/amounts.sql", "SELECT * FROM loans WHERE amount < 0\n");
    }

    private static String source(String name) {
        return "-- @input " + name + " = " + name + ".csv\nSELECT * FROM read_csv(getvariable('" + name
                + "'), header = true)\n";
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    private String smew(int code, String... arguments) {
        Outcome outcome = new Console(folder).run(arguments);
        assertEquals(code, outcome.code(), outcome.err());
        return code == 0 ? outcome.out() : outcome.err();
    }

    private long releases() throws IOException {
        try (Stream<Path> releases = Files.list(folder.resolve("out/releases"))) {
            return releases.count();
        }
    }

    private static String step(JsonNode plan, String name) {
        JsonNode step = plan.get("steps")
                .valueStream()
                .filter(found -> found.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
        return step.get("action").asString() + " "
                + step.get("reasons")
                        .valueStream()
                        .map(reason -> reason.get("cause").asString())
                        .toList();
    }

    @Test
    void withoutAReleaseEverythingIsMade() {
        String text = smew(0, "plan");
        assertTrue(text.startsWith("as of "), text);
        assertTrue(text.contains(", without a release"), text);
        assertTrue(text.matches("(?s).*feature view  loan +run +there is no release yet.*"), text);
    }

    @Test
    void tellsWhatChangedWhereAndWhoIsConcerned() throws IOException {
        smew(0, "run");
        assertTrue(smew(0, "plan").contains("Nothing changed"));
        write("sql/features/place.sql", "-- @entity id\nSELECT id,\n    lower(place) AS place FROM places\n");
        write("loans.csv", "id,amount\n1,10\n2,20\n3,30\n4,40\n");
        Files.delete(folder.resolve("sql/checks/amounts.sql"));
        String text = smew(0, "plan");
        assertTrue(text.contains("its SQL changed, first at sql/features/place.sql:2"), text);
        assertTrue(text.contains("loans.csv changed (25 bytes then, 30 bytes now)"), text);
        assertTrue(text.contains("it reads loans"), text);
        assertTrue(text.contains("check amounts is gone"), text);
        JsonNode plan = Json.tree(smew(0, "plan", "--json"));
        assertEquals("read [input]", step(plan, "loans"));
        assertEquals("read []", step(plan, "places"));
        assertEquals("run [reads]", step(plan, "loan"));
        assertEquals("run [sql]", step(plan, "place"));
        assertEquals(1, releases(), "nothing was published");
    }

    @Test
    void aDryRunTellsTheDifferenceAndPublishesNothing() throws IOException {
        smew(0, "run");
        assertTrue(smew(0, "plan", "--run").contains("A run gives what the release has"));
        write(
                "sql/features/loan.sql",
                "-- @entity id\nSELECT id, amount + 0.5 AS amount, 1 AS one FROM loans WHERE id > 1\n");
        String text = smew(0, "plan", "--run");
        assertTrue(text.matches("(?s).*loan rows +2, not 3 \\(-1\\).*"), text);
        assertTrue(text.matches("(?s).*loan column one +INTEGER, new.*"), text);
        assertTrue(text.matches("(?s).*loan column amount +\\S+, not BIGINT.*"), text);
        assertTrue(text.matches("(?s).*loan range of id +2 to 3, not 1 to 3.*"), text);
        String given = text.substring(text.indexOf("A run gives"));
        assertFalse(given.contains("place"), given);
        assertEquals(1, releases(), "nothing was published");
    }

    @Test
    void aDryRunFailsAsTheRunWould() throws IOException {
        smew(0, "run");
        write("loans.csv", "id,amount\n1,10\n2,20\n3,-30\n");
        assertTrue(smew(4, "plan", "--run").contains("sql/checks/amounts.sql"));
        assertTrue(smew(0, "plan").contains("loans.csv changed"));
    }
}
