package smew.app;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import smew.base.Progress;

/** One line when a step starts and one when it ends, for logs. */
record PlainProgress(PrintStream err, Clock clock) implements Progress {

    @Override
    public Step start(String name) {
        err.println(name + " ...");
        return new Line(name, clock.instant());
    }

    private final class Line implements Step {

        private final String name;
        private final Instant start;
        private volatile String result = "";
        private final AtomicBoolean closed = new AtomicBoolean();

        private Line(String name, Instant start) {
            this.name = name;
            this.start = start;
        }

        @Override
        public void result(String text) {
            result = text;
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                err.println(ended(name, result, Duration.between(start, clock.instant())));
            }
        }
    }

    /** {@code credit_history 777,715 rows, 1.2 s}. */
    static String ended(String name, String result, Duration took) {
        String seconds = String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
        return name + " " + (result.isEmpty() ? "" : result + ", ") + seconds;
    }
}
