package smew.sagemaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

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
     * @throws SmewException when the question fails for a reason that stays
     */
    <T> Optional<T> until(String doing, Supplier<CompletableFuture<T>> ask, Predicate<T> ended)
            throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        int failures = 0;
        while (true) {
            try {
                T answer = ask.get().join();
                failures = 0;
                if (ended.test(answer)) {
                    return Optional.of(answer);
                }
            } catch (CompletionException failed) {
                failures++;
                if (failures == FAILURES || !mayPass(failed)) {
                    throw ServiceRefusal.of(doing, failed);
                }
            }
            Instant next = clock.instant().plus(interval);
            if (next.isAfter(end)) {
                return Optional.empty();
            }
            pause.until(next);
        }
    }

    private static boolean mayPass(CompletionException failed) {
        if (failed.getCause() instanceof AwsServiceException service) {
            return service.isThrottlingException() || service.statusCode() >= 500;
        }
        SmewException explained = AwsFailure.of("Asking", failed);
        return explained.fault() == Fault.OUTSIDE || explained.fault() == Fault.OUTSIDE_SLOW;
    }
}
