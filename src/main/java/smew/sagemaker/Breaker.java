package smew.sagemaker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A circuit breaker. It opens when half of the last {@value #WINDOW} requests failed; while it is open, nothing is asked. After
 * {@link #PAUSE} one request tries whether the endpoint is back, and closes it or opens it again. Safe for any number of threads.
 */
final class Breaker {

    static final int WINDOW = 20;

    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int MASK = (1 << WINDOW) - 1;

    private final Clock clock;
    private int failures;
    private boolean open;
    private boolean trying;
    private Instant until = Instant.MIN;

    Breaker(Clock clock) {
        this.clock = clock;
    }

    /**
     * Leave to send one request.
     *
     * @param trial whether it tries if the endpoint is back
     */
    record Leave(boolean trial) {}

    /** What a request has changed. */
    enum Change {
        NOTHING,
        OPENED,
        CLOSED
    }

    /** Asks whether a request may go out; one that may must be {@link #ended}. */
    synchronized Optional<Leave> ask() {
        if (!open) {
            return Optional.of(new Leave(false));
        }
        if (trying || clock.instant().isBefore(until)) {
            return Optional.empty();
        }
        trying = true;
        return Optional.of(new Leave(true));
    }

    /** How long to wait before it makes sense to ask again. */
    synchronized Duration pause() {
        Duration left = Duration.between(clock.instant(), until);
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }

    /** Tells how a request ended. */
    synchronized Change ended(Leave leave, boolean failed) {
        if (leave.trial()) {
            trying = false;
            open = failed;
            failures = 0;
            until = clock.instant().plus(PAUSE);
            return failed ? Change.NOTHING : Change.CLOSED;
        }
        if (open) {
            // It went out before the breaker opened, and says nothing new.
            return Change.NOTHING;
        }
        failures = ((failures << 1) | (failed ? 1 : 0)) & MASK;
        open = Integer.bitCount(failures) >= WINDOW / 2;
        until = clock.instant().plus(PAUSE);
        return open ? Change.OPENED : Change.NOTHING;
    }
}
