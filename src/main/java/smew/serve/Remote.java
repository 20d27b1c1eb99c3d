package smew.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import smew.model.Prediction;

/** Asks the chosen backend, and the model of the release where the backend fails and that is wanted. */
final class Remote {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final ChosenBackend chosen;
    private final Clock clock;
    private final byte[] name;
    private @Nullable Metrics metrics;
    private long fallbacks;
    private String told = "";
    private Instant toldAt = Instant.MIN;

    /**
     * Predictions and who computed them.
     *
     * @param json the backend's name in JSON
     */
    record Scored(List<Prediction> predictions, String backend, byte[] json) {

        /** What the model of the release says. */
        static Scored local(List<Prediction> predictions) {
            return new Scored(predictions, ServedModel.LOCAL_NAME, ServedModel.LOCAL);
        }
    }

    Remote(ChosenBackend chosen, Clock clock) {
        this.chosen = chosen;
        this.clock = clock;
        this.name = JsonBuffer.quoted(chosen.backend().name());
    }

    ChosenBackend chosen() {
        return chosen;
    }

    /** Counts from now on how requests went. */
    void countIn(Metrics counted) {
        metrics = counted;
    }

    private void count(String result) {
        Metrics counted = metrics;
        if (counted != null) {
            counted.backend(chosen.backend().name(), result);
        }
    }

    CompletionStage<Scored> predict(ServedModel model, int[] rows) {
        CompletionStage<Scored> asked = chosen.backend()
                .predict(model.card(), model.values(), rows)
                .thenApply(predictions -> {
                    count("answered");
                    return new Scored(predictions, chosen.backend().name(), name);
                });
        if (chosen.fallback()) {
            return asked.exceptionally(failed -> local(model, rows, failed));
        }
        return asked.whenComplete((_, failed) -> {
            if (failed != null) {
                count("failed");
                tell(failed, 0);
            }
        });
    }

    private Scored local(ServedModel model, int[] rows, Throwable failed) {
        count("fallback");
        tell(failed, rows.length);
        return Scored.local(model.predict(rows));
    }

    /** One line a minute for each kind of failure at the most: a backend that is down fails thousands of requests. */
    private synchronized void tell(Throwable failed, int answered) {
        fallbacks += answered;
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        String kind = String.valueOf(cause.getMessage());
        Instant now = clock.instant();
        if (kind.equals(told) && now.isBefore(toldAt.plus(QUIET))) {
            return;
        }
        told = kind;
        toldAt = now;
        String instead = chosen.fallback()
                ? "The local model has answered instead of " + chosen.backend().name() + " " + fallbacks
                        + (fallbacks == 1 ? " time: " : " times: ")
                : "";
        // What can be found out about it takes a question to AWS, and this may be the thread that reads its answers.
        Thread.ofVirtual()
                .start(() -> LOG.log(
                        Level.WARNING,
                        instead + chosen.backend().explained(cause).getMessage()));
    }
}
