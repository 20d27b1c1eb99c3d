package smew.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits until a moment has come. */
@FunctionalInterface
interface Alarm {

    void waitUntil(Instant due) throws InterruptedException;

    /** Waits on the wall clock in short naps: a laptop that slept, or a clock that was set, is noticed within a nap. */
    static Alarm on(Clock clock) {
        Duration nap = Duration.ofSeconds(20);
        return due -> {
            for (Instant now = clock.instant(); now.isBefore(due); now = clock.instant()) {
                Duration left = Duration.between(now, due);
                Thread.sleep(left.compareTo(nap) < 0 ? left : nap);
            }
        };
    }
}
