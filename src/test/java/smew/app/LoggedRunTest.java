package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.Json;
import smew.base.Problem;
import smew.release.RunLog;
import smew.release.RunRecord;
import smew.store.Store;
import smew.store.StoreSettings;

/** What stays in the store of each run. */
final class LoggedRunTest extends OnPrompt {

    private void project(String features) throws IOException {
        Files.createDirectories(directory.resolve("sql/sources"));
        Files.createDirectories(directory.resolve("sql/features"));
        prompt.write("data.csv", "id,v\n1,2\n2,3\n");
        prompt.write("sql/sources/a.sql", "-- @input a = data.csv\nFROM read_csv(getvariable('a'))\n");
        prompt.write("sql/features/f.sql", features);
    }

    private int run(String... more) {
        String[] all = new String[2 + more.length];
        all[0] = "run";
        all[1] = "--features-only";
        prompt.now = prompt.now.plusSeconds(60);
        System.arraycopy(more, 0, all, 2, more.length);
        return prompt.run(new Wiring(prompt.clock()), all);
    }

    private RunLog log() {
        return new RunLog(
                Store.open(StoreSettings.folder(directory.resolve("out").toString())));
    }

    @Test
    void aRunThatWentWellNamesItsReleaseAndItsSteps() throws IOException {
        project("-- @entity id\nFROM a\n");
        assertEquals(0, run("--json"), prompt.err());
        RunRecord kept = log().newest(5).getFirst();
        assertEquals(0, kept.exit());
        assertEquals(
                Json.tree(prompt.out()).path("id").asString(""), kept.release().orElse("none"), prompt.out());
        assertEquals(prompt.now, kept.began());
        List<String> steps = kept.steps().stream().map(RunRecord.Step::name).toList();
        assertTrue(steps.containsAll(List.of("source a", "features f")), steps.toString());
        assertEquals(
                Optional.of("2 rows"),
                kept.steps().stream()
                        .filter(step -> step.name().equals("source a"))
                        .findFirst()
                        .flatMap(RunRecord.Step::result));
    }

    @Test
    void aFailureIsToldWithFileAndLineAndNoFolderOfThisMachine() throws IOException {
        project("-- @entity id\nSELECT id,\n  w\nFROM a\n");
        assertEquals(2, run());
        project("-- @entity id\nSELECT id, v FROM a\n");
        prompt.write("data.csv", "id,v\n1,2\n2,3\n1,5\n");
        assertEquals(4, run());
        Files.delete(directory.resolve("data.csv"));
        assertEquals(3, run());
        List<RunRecord> runs = log().newest(5);
        assertEquals(List.of(3, 4, 2), runs.stream().map(RunRecord::exit).toList());
        assertEquals("sql/features/f.sql:3", runs.get(2).problems().getFirst().where());
        assertEquals("sql/features/f.sql:1", runs.get(1).problems().getFirst().where(), "rows that share a key");
        assertTrue(runs.get(2).steps().stream().anyMatch(step -> step.name().equals("source a")));
        assertTrue(runs.getFirst().message().orElse("").contains("data.csv"));
        for (RunRecord kept : runs) {
            assertFalse(Json.write(kept).contains(directory.toString()), Json.write(kept));
        }
    }

    @Test
    void everyProblemOfAProjectIsKept() throws IOException {
        project("-- @entity id\nSELECT id FRM a\n");
        prompt.write("sql/features/g.sql", "-- @entity id\nSELECT id FROM nowhere\n");
        assertEquals(2, run());
        assertEquals(
                List.of("sql/features/f.sql:2", "sql/features/g.sql:2"),
                log().newest(1).getFirst().problems().stream()
                        .map(Problem::where)
                        .toList());
    }

    @Test
    void whereThereIsNoProjectNothingIsWritten() throws IOException {
        assertEquals(2, run());
        try (var left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aStoreThatCannotBeWrittenFailsTheRunWithItsOwnWords() throws IOException {
        project("-- @entity id\nFROM a\n");
        Path file = directory.resolve("out");
        Files.writeString(file, "no folder");
        assertEquals(2, run());
        assertTrue(prompt.err().contains("it is a file, expected a folder"), prompt.err());
        assertFalse(prompt.err().contains("log of runs"), prompt.err());
    }

    @Test
    void pruningKeepsTheRunsOfReleasesThatStay() throws IOException {
        project("-- @entity id\nFROM a\n");
        for (int i = 0; i < 3; i++) {
            assertEquals(0, run(), prompt.err());
        }
        assertEquals(0, prompt.run(new Wiring(prompt.clock()), "prune", "--keep", "1"), prompt.err());
        assertEquals(1, log().newest(5).size());
        assertEquals(prompt.now, log().newest(5).getFirst().began());
    }

    @Test
    void pathsOfOtherFoldersLoseThem() {
        ToldPaths told = new ToldPaths(Path.of("/home/me/project"));
        assertEquals(
                "Reading data/loans.csv line 41: 'n/a' in loans.csv, see sql/a.sql:3 and s3://bucket/a/b.csv or 1/2.",
                told.of("Reading /home/me/project/data/loans.csv line 41: 'n/a' in /var/data/loans.csv, see sql/a.sql:3"
                        + " and s3://bucket/a/b.csv or 1/2."));
    }
}
