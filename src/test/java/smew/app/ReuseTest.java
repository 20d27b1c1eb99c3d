package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;
import smew.base.Json;
import smew.report.Report;
import tools.jackson.databind.JsonNode;

/** What has not changed is taken from the current release, and nobody can tell from the files. */
class ReuseTest {

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        StringBuilder loans = new StringBuilder("id,day,amount,status\n");
        for (int i = 0; i < 600; i++) {
            loans.append(i % 100)
                    .append(",2021-0%d-%02d,%d,%d\n"
                            .formatted(1 + i / 100, 1 + i % 28, 100 + i * 7 % 900, i * 7 % 3 / 2));
        }
        write("loans.csv", loans.toString());
        write("places.csv", "id,place\n0,Oslo\n1,Bergen\n2,Oslo\n");
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                -- @time day
                -- @not-null id
                SELECT * FROM read_csv(getvariable('loans'), header = true)
                """);
        write("sql/sources/places.sql", """
                -- @input places = places.csv
                SELECT * FROM read_csv(getvariable('places'), header = true)
                """);
        write("sql/features/history.sql", """
                -- @entity id
                -- @time day
                -- @range amount 0..
                SELECT id, day, amount, status, count(*) OVER (PARTITION BY id ORDER BY day) AS n FROM loans
                """);
        write("sql/features/place.sql", "-- @entity id\nSELECT id, place FROM places\n");
        write("sql/checks/amounts.sql", "SELECT * FROM loans WHERE amount < 0\n");
        write("sql/models/risk.sql", """
                -- @label status
                -- @algorithm logistic-regression
                SELECT id, day, amount, n, status FROM history
                """);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    private void replace(String file, String from, String to) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertTrue(before.contains(from), before);
        write(file, before.replace(from, to));
    }

    private String run(String... more) {
        return run(LocalDate.of(2021, 12, 31), more);
    }

    private String run(LocalDate asOf, String... more) {
        List<String> all = new ArrayList<>(List.of("run", "--as-of", asOf.toString()));
        all.addAll(List.of(more));
        Outcome outcome = new Console(folder).run(all.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.err();
    }

    private JsonNode release(String store) throws IOException {
        String id = Files.readString(folder.resolve(store).resolve("CURRENT")).strip();
        return Json.tree(Files.readString(
                folder.resolve(store).resolve("releases").resolve(id).resolve("release.json")));
    }

    private static Map<String, String> digests(JsonNode release) {
        return release.get("outputs")
                .valueStream()
                .filter(output -> !output.get("path").asString().equals(Report.FILE))
                .collect(Collectors.toMap(
                        output -> output.get("path").asString(),
                        output -> output.get("digest").asString(),
                        (first, _) -> first,
                        TreeMap::new));
    }

    /** The same as a run that took nothing. */
    private void sameAsFresh() throws IOException {
        JsonNode taken = release("out");
        run("--store", folder.resolve("fresh").toString());
        JsonNode fresh = release("fresh");
        assertEquals(digests(fresh), digests(taken));
        for (String part : List.of("views", "checks", "leaks", "replayed", "sql", "inputs")) {
            assertEquals(fresh.get(part), taken.get(part), part);
        }
    }

    @Test
    void onlyWhatReadsAChangedViewRunsAgain() throws IOException {
        run();
        replace("sql/features/place.sql", "place FROM", "upper(place) AS place FROM");
        String lines = run("--features-only");
        assertTrue(lines.contains("features history 600 rows, unchanged"), lines);
        assertTrue(lines.contains("source places 3 rows"), lines);
        assertFalse(lines.contains("source loans"), lines);
        assertFalse(lines.contains("replay history"), lines);
        assertFalse(lines.contains("checks of loans"), lines);
        assertFalse(lines.contains("check amounts"), lines);
    }

    @Test
    void theFilesAreThoseOfAFreshRun() throws IOException {
        run();
        replace("sql/models/risk.sql", "SELECT id", "-- another model now\nSELECT id");
        replace("sql/features/place.sql", "place FROM", "upper(place) AS place FROM");
        String lines = run();
        assertTrue(lines.contains("features history 600 rows, unchanged"), lines);
        sameAsFresh();
        assertEquals(0, new Console(folder).run("reproduce").code());
    }

    @Test
    void aFileTakesTheAsOfDateAndTheCommentsOfItsOwnRelease() throws IOException {
        run(LocalDate.of(2021, 12, 30));
        replace("sql/features/history.sql", "-- @range", "-- Each loan with those before it.\n-- @range");
        String lines = run();
        assertTrue(lines.contains("features history 600 rows, unchanged"), lines);
        assertTrue(lines.contains("replay history"), "the as-of date is part of what replay looks at");
        sameAsFresh();
    }

    @Test
    void otherInputRunsAgainAndSoDoesAllThatReadsIt() throws IOException {
        run();
        replace("loans.csv", "0,2021-01-01,100", "0,2021-01-01,111");
        String lines = run();
        assertTrue(lines.contains("source loans 600 rows"), lines);
        assertFalse(lines.contains("features history 600 rows, unchanged"), lines);
        assertTrue(lines.contains("features place 3 rows, unchanged"), lines);
        sameAsFresh();
    }

    @Test
    void whatAsksForTheDayOrForChanceRunsAgain() throws IOException {
        replace("sql/features/place.sql", "id, place", "id, place, getvariable('as_of') AS today");
        write("sql/features/chance.sql", "-- @entity id\nSELECT id, random() AS chance FROM places\n");
        run(LocalDate.of(2021, 12, 30));
        JsonNode before = release("out");
        String lines = run();
        assertFalse(lines.contains("features place 3 rows, unchanged"), lines);
        assertFalse(lines.contains("features chance 3 rows, unchanged"), lines);
        assertTrue(lines.contains("features history 600 rows, unchanged"), lines);
        String chance = "features/chance/part-0.parquet";
        assertNotEquals(digests(before).get(chance), digests(release("out")).get(chance));
    }

    @Test
    void aModelThatWasNotLookedAtBeforeIsReplayed() {
        run("--features-only");
        String lines = run();
        assertTrue(lines.contains("features history 600 rows, unchanged"), lines);
        assertTrue(lines.contains("replay risk"), lines);
        assertFalse(lines.contains("replay history"), lines);
    }

    @Test
    void aChangedSourceFindsThoseThatItReads() throws IOException {
        write("sql/sources/oslo.sql", "SELECT * FROM places WHERE place = 'Oslo'\n");
        run("--features-only");
        replace("sql/sources/oslo.sql", "'Oslo'", "'Bergen'");
        String lines = run("--features-only");
        assertTrue(lines.contains("source oslo 1 rows"), lines);
        assertTrue(lines.contains("features place 3 rows, unchanged"), lines);
    }

    @Test
    void whatIsDamagedOrWantedFreshIsMadeAnew() throws IOException {
        run("--features-only");
        assertFalse(run("--features-only", "--fresh").contains("unchanged"));
        Path file = folder.resolve("out/releases")
                .resolve(release("out").get("id").asString())
                .resolve("features/history/part-0.parquet");
        Files.write(file, new byte[] {1, 2, 3});
        String lines = run("--features-only");
        assertTrue(lines.contains("Everything is made anew"), lines);
        assertFalse(lines.contains("unchanged"), lines);
        assertEquals(0, new Console(folder).run("reproduce").code());
    }
}
