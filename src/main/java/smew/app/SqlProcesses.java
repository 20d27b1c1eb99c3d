package smew.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Sandbox;
import smew.duck.SandboxFailure;
import smew.serve.SqlBox;

/**
 * Queries over the warehouse in a few processes, none of which is started before the first question. One that is spent, or idle for
 * long, is ended.
 */
final class SqlProcesses implements SqlBox {

    private static final Logger LOG = System.getLogger("smew.app");

    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofMinutes(2);

    /**
     * How much queries may take.
     *
     * @param atOnce how many run
     * @param waiting how many wait for that
     * @param time of one, from when it runs; one that waited for as long is turned away
     */
    record Limits(int atOnce, int waiting, Duration time, long memoryBytes, int rows, int bytes) {
        private static final Duration LONGEST = Duration.ofHours(1);
        static final Limits DEFAULT = new Limits(2, 8, Duration.ofSeconds(5), 512_000_000, 10_000, 10_000_000);

        Limits {
            if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
                throw new SmewException(
                        Fault.USAGE,
                        "Limiting queries over HTTP: --sql-time is " + seconds(time)
                                + ", expected more than nothing and at most an hour.");
            }
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1e3 + " s";
    }

    /** A process that waits, and since when. */
    private record Idle(SqlProcess process, long since) {}

    private final Supplier<Optional<Path>> warehouse;
    private final Limits limits;
    private final ThreadPoolExecutor asking;
    private final ScheduledExecutorService timer;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final Set<SqlProcess> alive = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts nothing yet.
     *
     * @param warehouse where it lies now
     */
    SqlProcesses(Supplier<Optional<Path>> warehouse, Limits limits) {
        this.warehouse = warehouse;
        this.limits = limits;
        this.asking = new ThreadPoolExecutor(
                limits.atOnce(),
                limits.atOnce(),
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                Thread.ofPlatform().daemon().name("smew-sql-", 0).factory());
        asking.allowCoreThreadTimeOut(true);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("smew-sql-timer").factory());
    }

    @Override
    public CompletionStage<Result> ask(Question question) {
        Asked asked = new Asked(question, System.nanoTime(), new CompletableFuture<>());
        try {
            asking.execute(asked);
        } catch (RejectedExecutionException full) {
            asked.result.completeExceptionally(
                    closed ? stopping() : busy(limits.waiting() + " queries are waiting already"));
        }
        return asked.result;
    }

    /** A question that waits for its turn or is being answered. */
    private final class Asked implements Runnable {
        private final Question question;
        private final long since;
        private final CompletableFuture<Result> result;

        Asked(Question question, long since, CompletableFuture<Result> result) {
            this.question = question;
            this.since = since;
            this.result = result;
        }

        @Override
        public void run() {
            try {
                if (System.nanoTime() - since > limits.time().toNanos()) {
                    throw busy("this query has waited for " + seconds(limits.time()));
                }
                result.complete(SqlProcesses.this.run(question));
            } catch (RuntimeException | Error failed) {
                // Whatever it met: all that a query works with is closed at any moment of it.
                result.completeExceptionally(closed ? stopping() : failed);
            }
        }
    }

    private SmewException busy(String found) {
        return SmewException.later(
                Fault.OVERLOAD,
                "The server runs " + limits.atOnce() + " queries at once, and " + found + ". Ask again in a moment.",
                limits.time());
    }

    private Result run(Question question) {
        Path file = warehouse
                .get()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "This server has no warehouse to ask: a store in a folder has one once `smew run` has made a"
                                + " release, a store on S3 has none."));
        Sandbox.Question asked = new Sandbox.Question(
                file.toAbsolutePath().toString(),
                question.sql(),
                question.parameters(),
                Sandbox.Format.valueOf(question.format().name()),
                Math.min(question.rows(), limits.rows()),
                limits.bytes(),
                limits.time().toMillis(),
                limits.memoryBytes());
        SqlProcess process = take();
        SqlProcess.@Nullable Answered answered = null;
        Future<?> alarm = killAfter(process, limits.time().plus(GRACE));
        try {
            answered = process.ask(asked);
        } catch (IOException ended) {
            throw ended(process, ended);
        } finally {
            alarm.cancel(false);
            giveBack(process, answered != null && !answered.reply().spent());
        }
        SqlWorker.Reply reply = answered.reply();
        if (reply.fault().isPresent()) {
            throw new SmewException(reply.fault().get(), reply.message());
        }
        return new Result(reply.release(), reply.truncated(), answered.body());
    }

    private SqlProcess take() {
        Idle waiting = idle.pollFirst();
        if (waiting != null) {
            return waiting.process();
        }
        try {
            SqlProcess started = SqlProcess.start(limits.memoryBytes());
            alive.add(started);
            if (closed) {
                end(started);
                throw stopping();
            }
            Future<?> alarm = killAfter(started, START_WITHIN);
            try {
                started.ready();
                return started;
            } catch (IOException failed) {
                String words = started.lastWords();
                end(started);
                throw new SmewException(Fault.INTERNAL, "Starting the process that runs queries: " + words, failed);
            } finally {
                alarm.cancel(false);
            }
        } catch (IOException failed) {
            throw new SmewException(Fault.INTERNAL, "Starting the process that runs queries failed.", failed);
        }
    }

    private Future<?> killAfter(SqlProcess process, Duration time) {
        return timer.schedule(process::kill, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The query did that, and pays for it; what the process said at its end is for the log. */
    private SmewException ended(SqlProcess process, IOException failed) {
        if (process.isKilled()) {
            return SandboxFailure.tooSlow(limits.time().toMillis(), failed);
        }
        LOG.log(Level.WARNING, "A query ended its process. " + process.lastWords());
        return SandboxFailure.tooMuchMemory(limits.memoryBytes(), failed);
    }

    private static SmewException stopping() {
        return new SmewException(Fault.NOT_READY, "The server is stopping. Ask again in a moment.");
    }

    private void giveBack(SqlProcess process, boolean sound) {
        if (!sound || closed || process.isKilled()) {
            end(process);
            return;
        }
        idle.addFirst(new Idle(process, System.nanoTime()));
        if (!closed) {
            Future<?> _ = timer.schedule(this::endIdle, IDLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Each answer is followed by one such look, so that the last of them ends the last process. */
    private void endIdle() {
        Idle oldest = idle.peekLast();
        if (oldest != null && System.nanoTime() - oldest.since() >= IDLE.toNanos() && idle.remove(oldest)) {
            end(oldest.process());
        }
    }

    private void end(SqlProcess process) {
        process.close();
        alive.remove(process);
    }

    @Override
    public void close() {
        closed = true;
        asking.shutdownNow().forEach(waiting -> ((Asked) waiting).result.completeExceptionally(stopping()));
        timer.shutdownNow();
        alive.forEach(SqlProcess::close);
    }
}
