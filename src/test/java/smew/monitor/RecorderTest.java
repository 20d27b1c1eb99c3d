package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.store.Store;

/** Predictions on their way into the log, and what becomes of them when the store is slow or refuses. */
class RecorderTest extends OnLogStore {

    @Test
    void aStoreThatHangsLosesRecordsThatAreCountedAndHoldsUpNobody() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        Store kept = store;
        Table rows = Watched.online(10);
        try (Recorder log = Recorder.start(
                Logs.bounds(10, 5),
                (file, key) -> {
                    entered.countDown();
                    await(hangs);
                    kept.replace(file, key);
                },
                CLOCK)) {
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "a", rows, 0.5, 0, 1, 2, 3, 4));
            await(entered);
            for (int row = 5; row < 10; row++) {
                log.predicted(Watched.served(Watched.card(), Watched.NOON, "b", rows, 0.5, row));
            }
            assertEquals(10, log.waiting(), "the file that hangs counts too: memory is bounded");
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "c", rows, 0.5, 0, 1, 2));
            assertEquals(Map.of("queue_full", 3L, "write_failed", 0L, "closed", 0L), log.dropped());
            hangs.countDown();
            Logs.end(log);
            assertEquals(10, log.written());
            assertEquals(0, log.waiting());
        }
        assertEquals(10, Logs.read(store, folder).rows());
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
        Store kept = store;
        AtomicInteger files = new AtomicInteger();
        try (Recorder log = Recorder.start(
                Logs.bounds(10, 2),
                (file, key) -> {
                    tried.add(key);
                    if (files.incrementAndGet() == 1) {
                        throw new SmewException(Fault.OUTSIDE, "Writing: no space left on device.");
                    }
                    kept.replace(file, key);
                },
                CLOCK)) {
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "lost", Watched.online(2), 0.5, 0, 1));
            tried.take();
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "kept", Watched.online(2), 0.5, 0, 1));
            Logs.end(log);
            assertEquals(2, log.dropped().get("write_failed"));
            assertEquals(2, log.written());
            assertEquals(0, log.waiting());
        }
        assertEquals(List.of("kept", "kept"), Logs.texts(Logs.read(store, folder), "request_id"));
    }

    @Test
    void oneTableForAllIsNotCountedAgainAndAgain() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        Table shared = Watched.online(50_000);
        int[] all = IntStream.range(0, shared.rows()).toArray();
        try (Recorder log = Recorder.start(
                new LogSettings(10_000_000, 10_000_000, Duration.ofHours(1), Duration.ofMinutes(1)),
                (file, key) -> await(hangs),
                CLOCK)) {
            for (int request = 0; request < 10; request++) {
                log.predicted(Watched.served(Watched.card(), Watched.NOON, "r", shared, 0.5, all));
            }
            assertEquals(0, log.dropped().get("queue_full"));
            hangs.countDown();
        }
    }

    /** As where online rows stay on disk: each prediction then brings a table of its own, which is more than a few numbers. */
    @Test
    void whatTablesOfTheirOwnHoldIsBoundedToo() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        int[] all = IntStream.range(0, 50_000).toArray();
        Recorder log = Recorder.start(
                new LogSettings(10_000_000, 10_000_000, Duration.ofHours(1), Duration.ofMinutes(1)),
                (file, key) -> await(hangs),
                CLOCK);
        for (int request = 0; request < 10; request++) {
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "r", Watched.online(50_000), 0.5, all));
        }
        assertEquals(4 * 50_000L, log.dropped().get("queue_full"), "six of 150,000 cells are held");
        hangs.countDown();
        log.close();
        assertEquals(6 * 50_000L, log.written());
    }

    @Test
    void twoWritersShareAStore() {
        Store kept = store;
        try (Recorder one = Recorder.start(Logs.bounds(10, 10), kept::replace, CLOCK);
                Recorder other = Recorder.start(Logs.bounds(10, 10), kept::replace, CLOCK)) {
            one.predicted(Watched.served(Watched.card(), Watched.NOON, "one", Watched.online(1), 0.5, 0));
            other.predicted(Watched.served(Watched.card(), Watched.NOON, "other", Watched.online(1), 0.5, 0));
        }
        assertEquals(2, store.list("predictions/it/day=2026-11-26").size());
        assertEquals(2, Logs.read(store, folder).rows());
    }

    @Test
    void aLogWritesWhileARunHoldsTheStore() {
        Store kept = store;
        try (var _ = kept.write("CURRENT");
                Recorder log = Recorder.start(Logs.bounds(10, 10), kept::replace, CLOCK)) {
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "r", Watched.online(1), 0.5, 0));
            Logs.end(log);
            assertEquals(1, log.written());
        }
    }

    @Test
    void whatComesAfterTheEndIsCounted() {
        Recorder log = Recorder.start(Logs.bounds(10, 10), store::replace, CLOCK);
        log.close();
        log.predicted(Watched.served(Watched.card(), Watched.NOON, "r", Watched.online(2), 0.5, 0, 1));
        assertEquals(2, log.dropped().get("closed"));
        assertEquals(0, log.waiting());
        log.close();
        assertEquals(List.of(), store.list("predictions/it"));
    }

    @Test
    void everyPredictionOfManyThreadsIsWrittenOrCounted() throws InterruptedException {
        int threads = 4;
        int requests = 2_000;
        Table rows = Watched.online(3);
        Card card = Watched.card();
        Recorder log = Recorder.start(Logs.bounds(500, 100), store::replace, CLOCK);
        List<Thread> askers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            askers.add(Thread.ofPlatform().start(() -> {
                for (int request = 0; request < requests; request++) {
                    log.predicted(Watched.served(card, Watched.NOON, "r", rows, 0.5, request % 3));
                }
            }));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        log.close();
        assertEquals(threads * requests, log.written() + log.dropped().get("queue_full"));
        assertEquals(log.written(), Logs.read(store, folder).rows());
    }
}
