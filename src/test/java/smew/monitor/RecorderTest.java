package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;
import smew.store.Store;
import smew.store.StoreSettings;

/** Predictions on their way into the log, and what becomes of them when the store is slow or refuses. */
class RecorderTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Watched.NOON);

    /** Writes when there are so many, and at the end. */
    private static LogSettings bounds(int queueRows, int fileRows) {
        return new LogSettings(queueRows, fileRows, Duration.ofHours(1), Duration.ofMinutes(1));
    }

    @TempDir
    Path folder;

    private Store store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private Store store() {
        store = Store.open(StoreSettings.folder(folder.resolve("out").toString()));
        return store;
    }

    private Table logged(String model) {
        return logged(new LogFilter(model, Optional.empty(), Optional.empty()));
    }

    private Table logged(LogFilter filter) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return duck.query(
                    "SELECT * FROM " + new LoggedPredictions(store, folder).relation(filter) + " ORDER BY time, id",
                    Origin.engine("Reading", "the log"));
        }
    }

    private List<String> days() {
        return store.list("predictions/it");
    }

    private static List<String> texts(Table table, String name) {
        Column.Texts column = (Column.Texts) table.column(name).orElseThrow();
        return IntStream.range(0, column.rows())
                .mapToObj(row -> column.isNull(row) ? "" : column.dictionary()[column.codes()[row]])
                .toList();
    }

    private static List<Double> doubles(Table table, String name) {
        Column.Doubles column = (Column.Doubles) table.column(name).orElseThrow();
        return IntStream.range(0, column.rows())
                .mapToObj(row -> column.isNull(row) ? Double.NaN : column.values()[row])
                .toList();
    }

    private static List<Long> integers(Table table, String name) {
        Column.Integers column = (Column.Integers) table.column(name).orElseThrow();
        return IntStream.range(0, column.rows())
                .mapToObj(row -> column.isNull(row) ? Long.MIN_VALUE : column.values()[row])
                .toList();
    }

    @Test
    void everyPredictionIsReadBackAsItWasServed() {
        Table rows = Watched.table(
                Watched.integers("id", 7, 8, 9),
                Watched.doubles("age", 31.5, Double.NaN, 64),
                Watched.texts("job", "clerk", "", "baker"),
                Watched.integers("unused", 1, 2, 3));
        try (Recorder log = Recorder.start(bounds(100, 100), store()::keep, CLOCK)) {
            log.offer(Watched.served(Watched.card(), Watched.NOON, "first", rows, 0.25, 2, 0));
            log.offer(Watched.served(Watched.card(), Watched.NOON.plusMillis(1), "second", rows, 0.75, 1));
            assertEquals(3, log.waiting());
            log.close();
            assertEquals(3, log.written());
            assertEquals(0, log.waiting());
        }
        Table logged = logged("it");
        assertEquals(
                List.of(
                        "time", "request_id", "id", "model", "release", "backend", "prediction", "probability",
                        "latency_ms", "age", "job"),
                logged.names());
        Column.Timestamps times = (Column.Timestamps) logged.column("time").orElseThrow();
        assertTrue(times.utc());
        assertEquals(Watched.NOON.toEpochMilli() * 1000 + 1000, times.epochMicros()[2]);
        assertEquals(List.of("first", "first", "second"), texts(logged, "request_id"));
        assertEquals(List.of(7L, 9L, 8L), integers(logged, "id"));
        assertEquals(List.of("it", "it", "it"), texts(logged, "model"));
        assertEquals(List.of(Watched.RELEASE, Watched.RELEASE, Watched.RELEASE), texts(logged, "release"));
        assertEquals(List.of("local", "local", "local"), texts(logged, "backend"));
        assertEquals(List.of(0L, 0L, 1L), integers(logged, "prediction"));
        assertEquals(List.of(0.25, 0.25, 0.75), doubles(logged, "probability"));
        assertEquals(List.of(1.5, 1.5, 1.5), doubles(logged, "latency_ms"));
        assertEquals(List.of(31.5, 64.0, Double.NaN), doubles(logged, "age"));
        assertEquals(List.of("clerk", "baker", ""), texts(logged, "job"));
    }

    @Test
    void anInputWithTheNameOfAColumnOfTheLogIsTold() {
        Card card = Watched.card("Time", "day");
        Table rows = Watched.table(
                Watched.integers("id", 1), Watched.integers("Time", 5), Watched.texts("day", "Monday"));
        try (Recorder log = Recorder.start(bounds(10, 10), store()::keep, CLOCK)) {
            log.offer(Watched.served(card, Watched.NOON, "r", rows, 0.5, 0));
        }
        Table logged = logged("it");
        assertEquals(List.of(5.0), doubles(logged, "input_Time"));
        assertEquals(List.of("Monday"), texts(logged, "input_day"));
    }

    @Test
    void whatATableLacksIsNullAndKeysOfAnotherTypeGetAFileOfTheirOwn() {
        Table without = Watched.table(Watched.integers("age", 30));
        Table named = Watched.table(Watched.texts("id", "x"), Watched.integers("age", 30));
        try (Recorder log = Recorder.start(bounds(10, 10), store()::keep, CLOCK)) {
            log.offer(Watched.served(Watched.card(), Watched.NOON, "r", without, 0.5, 0));
            log.offer(Watched.served(Watched.card(), Watched.NOON, "r", named, 0.5, 0));
            log.close();
            assertEquals(2, log.written());
        }
        assertEquals(2, store.list("predictions/it/" + days().getFirst()).size());
        assertEquals(List.of("x", ""), texts(logged("it"), "id"));
        assertEquals(List.of(30.0, 30.0), doubles(logged("it"), "age"));
    }

    @Test
    void filesLieByDayAndAFilterChoosesAmongThem() {
        Instant midnight = Instant.parse("2026-11-27T00:00:00Z");
        Table rows = Watched.online(2);
        try (Recorder log = Recorder.start(bounds(10, 10), store()::keep, CLOCK)) {
            log.offer(Watched.served(Watched.card(), midnight.minusMillis(1), "late", rows, 0.5, 0));
            log.offer(Watched.served(Watched.card(), midnight, "early", rows, 0.5, 1));
        }
        assertEquals(List.of("day=2026-11-26", "day=2026-11-27"), days());
        LogFilter since = new LogFilter("it", Optional.of(LocalDate.of(2026, 11, 27)), Optional.empty());
        assertEquals(List.of("early"), texts(logged(since), "request_id"));
        LogFilter release = new LogFilter("it", Optional.empty(), Optional.of(Watched.RELEASE));
        assertEquals(2, logged(release).rows());
        SmewException none = assertThrows(
                SmewException.class,
                () -> logged(new LogFilter("it", Optional.empty(), Optional.of("20250101T000000.000Z-000000000000"))));
        assertEquals(Fault.NOT_FOUND, none.fault());
        assertTrue(none.getMessage().contains("none are logged there"), none.getMessage());
    }

    @Test
    void aStoreThatHangsLosesRecordsThatAreCountedAndHoldsUpNobody() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        Store kept = store();
        Table rows = Watched.online(10);
        try (Recorder log = Recorder.start(
                bounds(10, 5),
                (file, key) -> {
                    entered.countDown();
                    await(hangs);
                    kept.keep(file, key);
                },
                CLOCK)) {
            log.offer(Watched.served(Watched.card(), Watched.NOON, "a", rows, 0.5, 0, 1, 2, 3, 4));
            await(entered);
            for (int row = 5; row < 10; row++) {
                log.offer(Watched.served(Watched.card(), Watched.NOON, "b", rows, 0.5, row));
            }
            assertEquals(10, log.waiting(), "the file that hangs counts too: memory is bounded");
            log.offer(Watched.served(Watched.card(), Watched.NOON, "c", rows, 0.5, 0, 1, 2));
            assertEquals(Map.of(Loss.QUEUE_FULL, 3L, Loss.WRITE_FAILED, 0L, Loss.CLOSED, 0L), log.dropped());
            hangs.countDown();
            log.close();
            assertEquals(10, log.written());
            assertEquals(0, log.waiting());
        }
        assertEquals(10, logged("it").rows());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsDroppedAndCountedAndTheNextOneIsWritten() throws InterruptedException {
        BlockingQueue<String> tried = new LinkedBlockingQueue<>();
        Store kept = store();
        AtomicInteger files = new AtomicInteger();
        try (Recorder log = Recorder.start(
                bounds(10, 2),
                (file, key) -> {
                    tried.add(key);
                    if (files.incrementAndGet() == 1) {
                        throw new SmewException(Fault.OUTSIDE, "Writing: no space left on device.");
                    }
                    kept.keep(file, key);
                },
                CLOCK)) {
            log.offer(Watched.served(Watched.card(), Watched.NOON, "lost", Watched.online(2), 0.5, 0, 1));
            tried.take();
            log.offer(Watched.served(Watched.card(), Watched.NOON, "kept", Watched.online(2), 0.5, 0, 1));
            log.close();
            assertEquals(2, log.dropped().get(Loss.WRITE_FAILED));
            assertEquals(2, log.written());
            assertEquals(0, log.waiting());
        }
        assertEquals(List.of("kept", "kept"), texts(logged("it"), "request_id"));
    }

    @Test
    void twoWritersShareAStore() {
        Store kept = store();
        try (Recorder one = Recorder.start(bounds(10, 10), kept::keep, CLOCK);
                Recorder other = Recorder.start(bounds(10, 10), kept::keep, CLOCK)) {
            one.offer(Watched.served(Watched.card(), Watched.NOON, "one", Watched.online(1), 0.5, 0));
            other.offer(Watched.served(Watched.card(), Watched.NOON, "other", Watched.online(1), 0.5, 0));
        }
        assertEquals(2, store.list("predictions/it/day=2026-11-26").size());
        assertEquals(2, logged("it").rows());
    }

    @Test
    void aLogWritesWhileARunHoldsTheStore() {
        Store kept = store();
        try (var _ = kept.write("CURRENT");
                Recorder log = Recorder.start(bounds(10, 10), kept::keep, CLOCK)) {
            log.offer(Watched.served(Watched.card(), Watched.NOON, "r", Watched.online(1), 0.5, 0));
            log.close();
            assertEquals(1, log.written());
        }
    }

    @Test
    void whatComesAfterTheEndIsCounted() {
        Recorder log = Recorder.start(bounds(10, 10), store()::keep, CLOCK);
        log.close();
        log.offer(Watched.served(Watched.card(), Watched.NOON, "r", Watched.online(2), 0.5, 0, 1));
        assertEquals(2, log.dropped().get(Loss.CLOSED));
        assertEquals(0, log.waiting());
        log.close();
        assertEquals(List.of(), days());
    }

    @Test
    void everyPredictionOfManyThreadsIsWrittenOrCounted() throws InterruptedException {
        int threads = 4;
        int requests = 2_000;
        Table rows = Watched.online(3);
        Card card = Watched.card();
        Recorder log = Recorder.start(bounds(500, 100), store()::keep, CLOCK);
        List<Thread> askers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            askers.add(Thread.ofPlatform().start(() -> {
                for (int request = 0; request < requests; request++) {
                    log.offer(Watched.served(card, Watched.NOON, "r", rows, 0.5, request % 3));
                }
            }));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        log.close();
        assertEquals(threads * requests, log.written() + log.dropped().get(Loss.QUEUE_FULL));
        assertEquals(log.written(), logged("it").rows());
    }
}
