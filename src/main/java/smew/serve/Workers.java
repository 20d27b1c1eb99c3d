package smew.serve;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Threads for what takes too long for those that read sockets: batches, rows in bodies, explanations. Work is turned away early,
 * while it costs next to nothing: when too much of it waits, or what waits longest has waited too long.
 */
final class Workers implements AutoCloseable {

    /** Large bodies that are read at once, each by a thread that waits for its client. */
    static final int STREAMS = 16;

    /**
     * Bodies up to this length may be on their way on every connection there is: whoever sends thousands of them slowly keeps nobody
     * else from asking.
     */
    private static final int UNCOUNTED_BYTES = 16 * 1024;

    /** What longer ones may hold together while they come in. */
    private static final int ARRIVING_BYTES = 64 * 1024 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_SECONDS = 60;

    private static final String TOO_MANY = "too many requests are waiting";

    private final Semaphore places;
    private final Semaphore streams = new Semaphore(STREAMS);
    private final Semaphore arriving = new Semaphore(ARRIVING_BYTES);
    private final ThreadPoolExecutor working;
    private final ThreadPoolExecutor streaming;

    /** A place among those that work or wait, given back when the request is over. */
    interface Place {
        void leave();
    }

    /** What waits for a thread, and since when. */
    private record Waiting(Runnable work, long since) implements Runnable {
        @Override
        public void run() {
            work.run();
        }
    }

    /**
     * Starts no thread yet.
     *
     * @param waiting how many requests may wait beside those that are worked on
     */
    Workers(int waiting) {
        int threads = Runtime.getRuntime().availableProcessors();
        this.places = new Semaphore(threads + waiting);
        this.working = pool("smew-work", threads);
        this.streaming = pool("smew-stream", STREAMS);
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * A place for a request that is in memory.
     *
     * @throws SmewException OVERLOAD where too many wait, or too long
     */
    Place place() {
        if (hasWaitedTooLong()) {
            throw overload("requests have waited for more than a second");
        }
        return place(places, 1, TOO_MANY);
    }

    private boolean hasWaitedTooLong() {
        return working.getQueue().peek() instanceof Waiting oldest
                && System.nanoTime() - oldest.since > LONGEST_WAIT_NANOS;
    }

    /**
     * Room for a body that is on its way into memory. It takes no place among those that wait, because its client may never send it.
     *
     * @throws SmewException OVERLOAD where there is none, or there would be no {@link #place} now: to say so costs less than the body
     */
    Place arrival(int bytes) {
        if (hasWaitedTooLong() || places.availablePermits() == 0) {
            throw overload(TOO_MANY);
        }
        return bytes <= UNCOUNTED_BYTES ? () -> {} : place(arriving, bytes, "too many bodies are on their way");
    }

    /**
     * A place for a request with a large body.
     *
     * @throws SmewException OVERLOAD where so many are being read already
     */
    Place stream() {
        return place(streams, 1, STREAMS + " large bodies are being read");
    }

    private static Place place(Semaphore free, int taken, String otherwise) {
        if (!free.tryAcquire(taken)) {
            throw overload(otherwise);
        }
        return () -> free.release(taken);
    }

    static SmewException overload(String found) {
        return SmewException.later(
                Fault.OVERLOAD, "The server is busy: " + found + ". Ask again in a second.", RETRY_AFTER);
    }

    /** Runs work that has a {@link #place}. */
    void work(Runnable work) {
        working.execute(new Waiting(work, System.nanoTime()));
    }

    /** Runs work that has a {@link #stream}. */
    void read(Runnable work) {
        streaming.execute(work);
    }

    /** How many requests wait for a thread. */
    int waiting() {
        return working.getQueue().size();
    }

    @Override
    public void close() {
        working.shutdownNow();
        streaming.shutdownNow();
    }
}
