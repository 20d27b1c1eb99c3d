package smew.bench;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One kept connection that asks known questions at a steady rate, whether or not the last answer was late, and checks each answer. */
final class SteadyClient implements Callable<long[]> {

    private final int port;
    private final int seed;
    private final KnownAnswers known;
    private final long everyNanos;
    private final BooleanSupplier over;

    /**
     * Asks nothing yet.
     *
     * @param perSecond how many questions
     * @param over whether it may end
     */
    SteadyClient(int port, int seed, KnownAnswers known, int perSecond, BooleanSupplier over) {
        this.port = port;
        this.seed = seed;
        this.known = known;
        this.everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.over = over;
    }

    /** Nanoseconds of each question, from when it was due until its answer was whole. */
    @Override
    public long[] call() throws IOException {
        long[] nanos = new long[1 << 16];
        int count = 0;
        SplittableRandom random = new SplittableRandom(seed);
        try (SocketChannel channel = KnownAnswers.open(port)) {
            HttpConnection server = new HttpConnection(channel);
            long due = System.nanoTime();
            while (!over.getAsBoolean()) {
                LockSupport.parkNanos(due - System.nanoTime());
                known.ask(server, random.nextInt(known.questions()));
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - due;
                due += everyNanos;
            }
        }
        return Arrays.copyOf(nanos, count);
    }
}
