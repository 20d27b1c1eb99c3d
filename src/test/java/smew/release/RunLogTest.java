package smew.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Problem;
import smew.store.Store;
import smew.store.StoreSettings;

final class RunLogTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private RunLog log;

    @BeforeEach
    void open() {
        log = new RunLog(Store.open(StoreSettings.folder(folder.toString())));
    }

    private static RunRecord run(Instant began, int exit) {
        return new RunRecord(
                began,
                1.5,
                exit,
                LocalDate.parse("2026-11-23"),
                Optional.empty(),
                List.of(new RunRecord.Step("source loans", 0, 0.5, Optional.of("5 rows"))),
                exit == 0 ? Optional.empty() : Optional.of("It failed."),
                exit == 0 ? List.of() : List.of(new Problem("sql/sources/loans.sql:3", "It failed.")));
    }

    private List<Integer> exits() {
        return log.newest(100).stream().map(RunRecord::exit).toList();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            return files.count();
        }
    }

    @Test
    void aStoreWithoutRunsHasNone() {
        assertEquals(List.of(), log.newest(10));
        assertEquals(Optional.empty(), log.next());
    }

    @Test
    void theNewestRunComesFirstAndKeepsAllThatWasSaid() {
        log.keep(run(NOON, 0));
        RunRecord failed = run(NOON.plusSeconds(60), 4);
        log.keep(failed);
        assertEquals(List.of(4, 0), exits());
        assertEquals(failed, log.newest(1).getFirst());
    }

    @Test
    void runsThatBeginInTheSameInstantDoNotReplaceEachOther() {
        log.keep(run(NOON, 0));
        log.keep(run(NOON, 5));
        assertEquals(2, log.newest(10).size());
    }

    @Test
    void whatIsDamagedOrNoneOfOursIsPassedOver() throws IOException {
        log.keep(run(NOON, 0));
        Files.writeString(folder.resolve("runs/20261123T130000.000Z-000000000000.json"), "{\"began\":");
        Files.writeString(folder.resolve("runs/notes.txt"), "mine");
        assertEquals(List.of(0), exits());
    }

    @Test
    void onlyTheLastPlanCounts() throws IOException {
        log.plan(new RunRecord.Planned("--every 1d", NOON));
        RunRecord.Planned again = new RunRecord.Planned("--every 1h", NOON.minusSeconds(3_600));
        log.plan(again);
        assertEquals(Optional.of(again), log.next());
        log.plan(again);
        assertEquals(Optional.of(again), log.next());
        assertEquals(1, files());
    }

    @Test
    void veryManyRunsDoNotStayForEver() throws IOException {
        IntStream.range(0, 505).forEach(i -> log.keep(run(NOON.plusSeconds(i), i % 2)));
        assertEquals(500, files());
        assertEquals(NOON.plusSeconds(504), log.newest(1).getFirst().began());
    }

    @Test
    void pruningLeavesTheRunsOfTheReleasesThatStay() {
        for (int hour = 0; hour < 6; hour++) {
            log.keep(run(NOON.plusSeconds(3_600L * hour), hour));
        }
        // A release is begun shortly after its run.
        ReleaseId third = ReleaseId.of(NOON.plusSeconds(2 * 3_600 + 5), "a".repeat(12));
        ReleaseId fifth = ReleaseId.of(NOON.plusSeconds(4 * 3_600 + 5), "b".repeat(12));
        log.prune(2, List.of(fifth, third));
        assertEquals(List.of(5, 4, 3, 2), exits());
        log.prune(1, List.of());
        assertEquals(List.of(5), exits());
        assertTrue(log.newest(1).getFirst().message().isPresent());
    }

    @Test
    void aReleaseOfTheSameMillisecondIsThatOfTheRun() {
        log.keep(run(NOON.minusSeconds(60), 0));
        log.keep(run(NOON, 1));
        log.prune(1, List.of(ReleaseId.of(NOON, "0".repeat(12))));
        assertEquals(List.of(1), exits());
    }
}
