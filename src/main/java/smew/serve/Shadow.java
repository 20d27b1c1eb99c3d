package smew.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import smew.columns.Column;
import smew.model.Difference;
import smew.model.Prediction;
import smew.model.PredictionLog;
import smew.online.Cell;

/**
 * Scores another release for what the current one answered, on a thread of its own, and hands both on to the log. Whoever answers is
 * never kept waiting: what does not fit into the queue, or fails, is counted and logged without the shadow. Safe for any number of threads.
 */
final class Shadow implements PredictionLog, AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.serve");

    /** Some megabytes of memory, and less than a second of work. */
    static final int WAITING_ROWS = 10_000;

    /** Scored together; so few that no other thread helps, whose work is to answer. */
    private static final int BLOCK = 1_000;

    private static final long SAY_AGAIN_NANOS = 60_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Snapshot shadow;
    private final Optional<String> canary;
    private final Optional<PredictionLog> log;
    private final Metrics metrics;
    private final Queue<Predicted> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;
    private long saidFailed = System.nanoTime() - SAY_AGAIN_NANOS;

    /**
     * A shadow that is not at work yet.
     *
     * @param canary a release whose answers are not compared
     * @param log hears of what was answered, with or without the shadow
     */
    Shadow(Snapshot shadow, Optional<String> canary, Optional<PredictionLog> log, Metrics metrics) {
        this.shadow = shadow;
        this.canary = canary;
        this.log = log;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().daemon().name("smew-shadow").unstarted(this::run);
    }

    Shadow start() {
        thread.start();
        return this;
    }

    /** How one release did beside the other, for one entity. */
    enum Result {
        SAME,
        DIFFERENT,
        MISSING,
        DROPPED,
        FAILED
    }

    @Override
    public void predicted(Predicted served) {
        if (served.release().equals(shadow.release()) || canary.equals(Optional.of(served.release()))) {
            tell(served);
            return;
        }
        int rows = served.rows().length;
        int before = waiting.getAndAdd(rows);
        if (closed || before >= WAITING_ROWS) {
            waiting.addAndGet(-rows);
            metrics.shadow(served.card().name(), shadow.release(), Result.DROPPED, rows);
            tell(served);
            return;
        }
        queue.add(served);
        if (before == 0) {
            LockSupport.unpark(thread);
        }
    }

    private void tell(Predicted served) {
        log.ifPresent(hears -> hears.predicted(served));
    }

    private void run() {
        while (true) {
            Predicted next = queue.poll();
            if (next != null) {
                score(next);
                waiting.addAndGet(-next.rows().length);
            } else if (waiting.get() > 0) {
                // Somebody has counted, and is about to add.
                Thread.onSpinWait();
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void score(Predicted served) {
        Predicted told = served;
        try {
            Shadowed other = shadowed(served);
            count(served, other);
            told = served.beside(other);
        } catch (RuntimeException | Error failed) {
            metrics.shadow(served.card().name(), shadow.release(), Result.FAILED, served.rows().length);
            complain(failed);
        }
        tell(told);
    }

    /** What the shadow says of the same ids. */
    private Shadowed shadowed(Predicted served) {
        List<Optional<Prediction>> said = new ArrayList<>(served.rows().length);
        double[] differences = new double[served.rows().length];
        Arrays.fill(differences, Double.NaN);
        List<Column> key = key(served);
        ServedModel model = shadow.models().get(served.card().name());
        if (model == null || !Fit.sameKey(key, model.table().key())) {
            served.predictions().forEach(_ -> said.add(Optional.empty()));
            return new Shadowed(shadow.release(), said, differences);
        }
        for (int from = 0; from < differences.length; from += BLOCK) {
            said.addAll(predict(
                    model, key, Arrays.copyOfRange(served.rows(), from, Math.min(differences.length, from + BLOCK))));
        }
        for (int i = 0; i < differences.length; i++) {
            if (said.get(i).isPresent()) {
                differences[i] = Difference.between(
                        served.card(),
                        served.predictions().get(i),
                        model.card(),
                        said.get(i).get());
            }
        }
        return new Shadowed(shadow.release(), said, differences);
    }

    private static List<Column> key(Predicted served) {
        return served.card().entity().stream()
                .map(name -> served.table().column(name).orElseThrow())
                .toList();
    }

    private static List<Optional<Prediction>> predict(ServedModel model, List<Column> key, int[] rows) {
        int[] known = new int[rows.length];
        boolean[] missing = new boolean[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            OptionalInt found = model.table()
                    .find(key.stream()
                            .map(part -> Objects.toString(Cell.value(part, row), ""))
                            .toList());
            missing[i] = found.isEmpty() || !model.missing(found.getAsInt()).isEmpty();
            if (!missing[i]) {
                known[count++] = found.getAsInt();
            }
        }
        List<Prediction> predictions = model.predict(Arrays.copyOf(known, count));
        List<Optional<Prediction>> all = new ArrayList<>(rows.length);
        int next = 0;
        for (boolean none : missing) {
            all.add(none ? Optional.empty() : Optional.of(predictions.get(next++)));
        }
        return all;
    }

    private void count(Predicted served, Shadowed other) {
        String model = served.card().name();
        for (int i = 0; i < other.differences().length; i++) {
            Optional<Prediction> said = other.predictions().get(i);
            if (said.isEmpty()) {
                metrics.shadow(model, shadow.release(), Result.MISSING, 1);
                continue;
            }
            boolean same = said.get().value().equals(served.predictions().get(i).value());
            metrics.shadow(model, shadow.release(), same ? Result.SAME : Result.DIFFERENT, 1);
            metrics.shadow(model, shadow.release(), other.differences()[i]);
        }
    }

    /** Once a minute at most. For one thread. */
    private void complain(Throwable failed) {
        if (System.nanoTime() - saidFailed >= SAY_AGAIN_NANOS) {
            saidFailed = System.nanoTime();
            LOG.log(
                    Level.WARNING,
                    "Release " + shadow.release() + " cannot be scored as the shadow; answers are not touched by that.",
                    failed);
        }
    }

    /** Scores what waits, as far as patience goes. What comes later is dropped and counted. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(PATIENCE)) {
                LOG.log(Level.WARNING, "The shadow has not scored " + waiting.get() + " predictions, and is left.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
