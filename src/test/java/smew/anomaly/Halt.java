package smew.anomaly;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a woven process dies or waits: before the n-th time that it changes a name in the store. What to do comes from the
 * system properties {@code halt.at} and {@code halt.how}.
 */
public final class Halt {

    /** What happens at the point. */
    enum How {
        /** The process dies as by kill -9: no finally, no shutdown hook, no close. */
        DIE,
        /** It says so on standard output and waits for a byte on standard input. */
        WAIT
    }

    static final int CODE = 137;

    private static final AtomicInteger PASSED = new AtomicInteger();

    private Halt() {}

    /** Called before every change. */
    public static void point() throws IOException {
        if (PASSED.incrementAndGet() != Integer.getInteger("halt.at")) {
            return;
        }
        switch (How.valueOf(System.getProperty("halt.how").toUpperCase(Locale.ROOT))) {
            case DIE -> Runtime.getRuntime().halt(CODE);
            case WAIT -> {
                System.out.println("waiting");
                System.out.flush();
                if (System.in.read() < 0) {
                    throw new IOException("Nobody let it go on.");
                }
            }
        }
    }
}
