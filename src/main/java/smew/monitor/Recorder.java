package smew.monitor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import smew.columns.Table;
import smew.model.PredictionLog;
import smew.model.PredictionLog.Predicted;

/**
 * Writes predictions into Parquet files on a thread of its own. Whoever offers some is never kept waiting: what does not fit into the
 * bounds is dropped and counted. Safe for any number of threads. DuckDB is loaded when the first file is written.
 */
public final class Recorder implements PredictionLog, AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.monitor");

    private static final long SAY_AGAIN_NANOS = 60_000_000_000L;

    /** Of tables that nobody but the log holds, some 125 MB: a prediction from online rows that stay on disk has one of its own. */
    private static final long HELD_CELLS = 1_000_000;

    private final LogSettings settings;
    private final LogFiles files;
    private final LiveDrift live = new LiveDrift();
    private final Thread writer;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    /** Predictions that wait, in the queue or for their file. */
    private final AtomicLong waiting = new AtomicLong();

    /** Cells of tables of their own that wait with them. */
    private final AtomicLong held = new AtomicLong();

    /** What came last: online rows in memory are one table for thousands of requests. */
    private volatile @Nullable Table last;

    private final AtomicLong written = new AtomicLong();
    private final Map<Loss, AtomicLong> dropped = new EnumMap<>(Loss.class);
    private volatile boolean closed;

    /**
     * Predictions on their way.
     *
     * @param cells of a table that nobody else holds
     */
    private record Waiting(Predicted served, long cells) {}

    private Recorder(LogSettings settings, LogFiles files) {
        this.settings = settings;
        this.files = files;
        for (Loss loss : Loss.values()) {
            dropped.put(loss, new AtomicLong());
        }
        this.writer = Thread.ofPlatform().daemon().name("smew-prediction-log").unstarted(this::run);
    }

    /**
     * Begins to write.
     *
     * @param clock names the files
     */
    public static Recorder start(LogSettings settings, Sink sink, InstantSource clock) {
        Recorder recorder = new Recorder(settings, new LogFiles(sink, clock, settings.fileRows()));
        recorder.writer.start();
        return recorder;
    }

    /** Takes predictions to be written, all or none of them. Never blocks, never throws. */
    @Override
    public void predicted(Predicted served) {
        int rows = served.rows().length;
        long cells = cells(served);
        long before = waiting.getAndAdd(rows);
        long heldBefore = held.getAndAdd(cells);
        if (closed || before + rows > settings.queueRows() || heldBefore + cells > HELD_CELLS) {
            waiting.addAndGet(-rows);
            held.addAndGet(-cells);
            drop(closed ? Loss.CLOSED : Loss.QUEUE_FULL, rows);
            return;
        }
        queue.add(new Waiting(served, cells));
        if (isDue(before + rows, heldBefore + cells) && !isDue(before, heldBefore)) {
            LockSupport.unpark(writer);
        }
    }

    private boolean isDue(long rows, long cells) {
        return rows >= settings.fileRows() || cells >= HELD_CELLS / 2;
    }

    /** A table that has no other rows may have been made for this prediction; that of the one before is counted there. */
    @SuppressWarnings("ReferenceEquality")
    private long cells(Predicted served) {
        Table table = served.table();
        if (table == last || table.rows() > served.rows().length) {
            return 0;
        }
        last = table;
        return (long) table.rows() * table.columns().size();
    }

    private void drop(Loss loss, long rows) {
        count(loss).addAndGet(rows);
    }

    private AtomicLong count(Loss loss) {
        return Objects.requireNonNull(dropped.get(loss));
    }

    @Override
    public long written() {
        return written.get();
    }

    /** By {@link Loss}; a reason without any is there too. */
    @Override
    public Map<String, Long> dropped() {
        Map<String, Long> counts = new TreeMap<>();
        dropped.forEach((loss, count) -> counts.put(loss.label(), count.get()));
        return counts;
    }

    @Override
    public long waiting() {
        return waiting.get();
    }

    /** As of the last time that any were written. */
    @Override
    public List<PredictionLog.Drift> drift() {
        return live.now();
    }

    private void run() {
        Complaints complaints = new Complaints();
        long last = System.nanoTime();
        boolean more = true;
        while (more) {
            more = !closed;
            long left = settings.every().toNanos() - (System.nanoTime() - last);
            if (more && left > 0 && !isDue(waiting.get(), held.get())) {
                LockSupport.parkNanos(this, left);
            } else {
                write(complaints);
                last = System.nanoTime();
            }
        }
        files.close();
    }

    private void write(Complaints complaints) {
        List<Predicted> taken = new ArrayList<>();
        long cells = 0;
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            taken.add(next.served());
            cells += next.cells();
        }
        for (LogGroup group : LogGroup.of(taken)) {
            try {
                Table table = LogTable.of(group.parts());
                live.add(group.card(), table);
                files.write(group.of(), table);
                written.addAndGet(group.rows());
            } catch (RuntimeException | Error failed) {
                drop(Loss.WRITE_FAILED, group.rows());
                complaints.failed(failed);
            }
            waiting.addAndGet(-group.rows());
        }
        held.addAndGet(-cells);
        complaints.full(count(Loss.QUEUE_FULL).get());
    }

    /** What is said of lost predictions, once a minute at most. For one thread. */
    private static final class Complaints {
        private long saidFailed = System.nanoTime() - SAY_AGAIN_NANOS;
        private long saidFull = saidFailed;
        private long knownFull;

        void failed(Throwable why) {
            if (System.nanoTime() - saidFailed >= SAY_AGAIN_NANOS) {
                saidFailed = System.nanoTime();
                LOG.log(
                        Level.WARNING,
                        "Predictions are missing from the log: a file could not be written, and was dropped. "
                                + why.getMessage());
            }
        }

        void full(long lost) {
            if (lost > knownFull && System.nanoTime() - saidFull >= SAY_AGAIN_NANOS) {
                saidFull = System.nanoTime();
                LOG.log(
                        Level.WARNING,
                        (lost - knownFull)
                                + " predictions are missing from the log: the store is slower than they come.");
                knownFull = lost;
            }
        }
    }

    /** Writes what waits, as far as patience goes. Requests should be over by then: what comes later is dropped and counted. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            if (!writer.join(settings.patience())) {
                LOG.log(
                        Level.WARNING,
                        "Closing the log of predictions: " + waiting.get()
                                + " are not written yet, and are left. Look whether the store answers.");
                return;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
            int rows = late.served().rows().length;
            waiting.addAndGet(-rows);
            held.addAndGet(-late.cells());
            drop(Loss.CLOSED, rows);
        }
    }
}
