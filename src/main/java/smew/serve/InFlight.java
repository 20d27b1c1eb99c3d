package smew.serve;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the requests under way, and how a server takes its leave: first the probes say no, then new requests are refused, then
 * the last one under way is waited for. Safe for any number of threads.
 */
final class InFlight {

    /** Added to the count when no more may come, so that both are told apart by one look. */
    private static final long CLOSED = 1L << 40;

    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch last = new CountDownLatch(1);
    private volatile boolean leaving;

    /** Takes a request in; false where the server is closed to it, or so many are under way already. */
    boolean enter(int most) {
        long now = count.incrementAndGet();
        if (now > most) {
            leave();
            return false;
        }
        return true;
    }

    /** One that was taken in is over. */
    void leave() {
        if (count.decrementAndGet() == CLOSED) {
            last.countDown();
        }
    }

    /** How many are under way. */
    long now() {
        return count.get() & (CLOSED - 1);
    }

    /** Whether probes are told that the server is about to stop. */
    boolean isLeaving() {
        return leaving;
    }

    boolean isClosed() {
        return count.get() >= CLOSED;
    }

    /** From now on the server is not ready, but answers on. */
    void announce() {
        leaving = true;
    }

    /** Lets no request in any more. Calling it twice is allowed. */
    void close() {
        leaving = true;
        if (count.getAndUpdate(now -> now >= CLOSED ? now : now + CLOSED) == 0) {
            last.countDown();
        }
    }

    /** Waits until the last one is over; false when that takes longer. */
    boolean await(Duration longest) throws InterruptedException {
        return last.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
}
