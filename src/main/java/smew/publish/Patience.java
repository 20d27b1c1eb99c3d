package smew.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import smew.aws.AwsFailure;
import smew.aws.Endurance;

/**
 * How long and in which steps to wait for a service that works on something.
 *
 * @param limit for one piece of work
 * @param pause waits that long
 */
public record Patience(Duration limit, InstantSource clock, Consumer<Duration> pause) {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** A service that is busy, or a network that is away, for this many questions in a row may be back at the next. */
    private static final int FAILURES = 10;

    /** On the wall clock. */
    public static Patience of(Duration limit) {
        return new Patience(limit, InstantSource.system(), pause -> LockSupport.parkNanos(pause.toNanos()));
    }

    /**
     * Asks until the work has ended. A question that fails for a passing reason is asked again, because the work goes on
     * meanwhile.
     *
     * @param doing what to say if no answer comes
     * @param ask one question
     * @param ended whether the answer is the last one; called with every answer
     * @return empty when the limit has passed
     */
    <T> Optional<T> until(String doing, Supplier<CompletableFuture<T>> ask, Predicate<T> ended) {
        Instant end = clock.instant().plus(limit);
        Duration next = SHORTEST;
        Endurance endurance = new Endurance(FAILURES, AwsFailure::of);
        while (clock.instant().isBefore(end)) {
            Optional<T> last = endurance.ask(doing, ask).filter(ended);
            if (last.isPresent()) {
                return last;
            }
            pause.accept(next);
            next = next.multipliedBy(3).dividedBy(2);
            next = next.compareTo(LONGEST) < 0 ? next : LONGEST;
        }
        return Optional.empty();
    }
}
