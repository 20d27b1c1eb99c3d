package smew.sagemaker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;

/**
 * Waits for a job or an endpoint, and tells each state that it goes through.
 *
 * @param subject such as {@code training job smew-credit-risk-1}
 * @param goOn what to do when waiting ends before it does
 */
record JobWatch(String subject, String goOn, Polling polling, Progress progress) {

    /**
     * Where it stands.
     *
     * @param shown for people, such as {@code Downloading}
     * @param ended whether it stays there
     */
    record State(String shown, boolean ended) {}

    /**
     * Waits for the end.
     *
     * @throws SmewException OUTSIDE_SLOW when the limit of waiting has passed
     */
    <T> T until(Supplier<CompletableFuture<T>> ask, Function<T, State> state) throws InterruptedException {
        try (Phases phases = new Phases()) {
            Optional<T> last = polling.until("Waiting for " + subject + " (" + goOn + ")", ask, answer -> {
                State now = state.apply(answer);
                phases.at(now);
                return now.ended();
            });
            return last.orElseThrow(() -> new SmewException(
                    Fault.OUTSIDE_SLOW,
                    "Waiting for " + subject + ": it has not ended after " + text(polling.limit()) + ", and goes on. "
                            + goOn));
        }
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    /** One step of progress for each state. */
    private final class Phases implements AutoCloseable {

        private String shown = "";
        private Progress.@Nullable Step step;

        private void at(State state) {
            if (!state.shown().equals(shown)) {
                close();
                shown = state.shown();
                step = state.ended() ? null : progress.start(subject + ": " + shown);
            }
        }

        @Override
        public void close() {
            Progress.Step open = step;
            if (open != null) {
                open.close();
                step = null;
            }
        }
    }
}
