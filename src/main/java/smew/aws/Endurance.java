package smew.aws;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Asks a service that works on something, and bears that a question fails: the work goes on meanwhile, and a service that is
 * busy, or a network that is away, may be back at the next. For one thread and one piece of work.
 */
public final class Endurance {

    private final int most;
    private final BiFunction<String, Throwable, SmewException> explained;
    private int failures;

    /**
     * Bears less than so many failures in a row.
     *
     * @param explained what a failure means that is not borne, of what was being done
     */
    public Endurance(int most, BiFunction<String, Throwable, SmewException> explained) {
        this.most = most;
        this.explained = explained;
    }

    /**
     * Asks once and waits for the answer.
     *
     * @param doing what to say of a failure
     * @return empty where the question failed, and may be asked again
     * @throws SmewException where it failed for a reason that stays, or too often in a row
     */
    public <T> Optional<T> ask(String doing, Supplier<CompletableFuture<T>> question) {
        try {
            T answer = question.get().join();
            failures = 0;
            return Optional.of(answer);
        } catch (CompletionException failed) {
            failures++;
            if (failures == most || !mayPass(failed)) {
                throw explained.apply(doing, failed);
            }
            return Optional.empty();
        }
    }

    private static boolean mayPass(CompletionException failed) {
        if (failed.getCause() instanceof AwsServiceException service) {
            return service.isThrottlingException() || service.statusCode() >= 500;
        }
        SmewException known = AwsFailure.of("Asking", failed);
        return known.fault() == Fault.OUTSIDE || known.fault() == Fault.OUTSIDE_SLOW;
    }
}
