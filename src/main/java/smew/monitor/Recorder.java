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

    private final LogSettings settings;
    private final LogFiles files;
    private final LiveDrift live = new LiveDrift();
    private final Thread writer;
    private final Queue<Predicted> queue = new ConcurrentLinkedQueue<>();
    /** Predictions that wait, in the queue or for their file. */
    private final AtomicLong waiting = new AtomicLong();

    private final AtomicLong written = new AtomicLong();
    private final Map<Loss, AtomicLong> dropped = new EnumMap<>(Loss.class);
    private volatile boolean closed;

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
        long before = waiting.getAndAdd(rows);
        if (closed || before + rows > settings.queueRows()) {
            waiting.addAndGet(-rows);
            drop(closed ? Loss.CLOSED : Loss.QUEUE_FULL, rows);
            return;
        }
        queue.add(served);
        if (before < settings.fileRows() && before + rows >= settings.fileRows()) {
            LockSupport.unpark(writer);
        }
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
            if (more && left > 0 && waiting.get() < settings.fileRows()) {
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
        for (Predicted next = queue.poll(); next != null; next = queue.poll()) {
            taken.add(next);
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
        for (Predicted late = queue.poll(); late != null; late = queue.poll()) {
            waiting.addAndGet(-late.rows().length);
            drop(Loss.CLOSED, late.rows().length);
        }
    }
}
