package smew.sagemaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import smew.aws.Endurance;

/**
 * How to wait for what takes SageMaker minutes or hours.
 *
 * @param pause waits until a moment has come
 * @param interval from one question to the next
 * @param limit after which waiting ends; what was waited for goes on
 */
public record Polling(InstantSource clock, Pause pause, Duration interval, Duration limit) {

    /** A service that is busy, or a network that is away, for so many questions in a row is given up. */
    private static final int FAILURES = 20;

    /** Waits until a moment has come. */
    @FunctionalInterface
    public interface Pause {
        void until(Instant due) throws InterruptedException;
    }

    /**
     * Asks until the answer is the last one. A question that fails for a reason that may pass is asked again.
     *
     * @param doing what to say if no answer comes
     * @param ended called with every answer
     * @return empty when the limit has passed
     * @throws smew.base.SmewException when the question fails for a reason that stays
     */
    <T> Optional<T> until(String doing, Supplier<CompletableFuture<T>> ask, Predicate<T> ended)
            throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        Endurance endurance = new Endurance(FAILURES, ServiceRefusal::of);
        while (true) {
            Optional<T> last = endurance.ask(doing, ask).filter(ended);
            if (last.isPresent()) {
                return last;
            }
            Instant next = clock.instant().plus(interval);
            if (next.isAfter(end)) {
                return Optional.empty();
            }
            pause.until(next);
        }
    }
}
