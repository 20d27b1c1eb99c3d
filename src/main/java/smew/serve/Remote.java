package smew.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import smew.model.Prediction;

/** Asks the chosen backend, and the model of the release where the backend fails and that is wanted. */
final class Remote {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final ChosenBackend chosen;
    private final Clock clock;
    private final byte[] name;
    private long fallbacks;
    private Instant told = Instant.MIN;

    /** Predictions and who computed them, as JSON. */
    record Scored(List<Prediction> predictions, byte[] backend) {}

    Remote(ChosenBackend chosen, Clock clock) {
        this.chosen = chosen;
        this.clock = clock;
        this.name = JsonBuffer.quoted(chosen.backend().name());
    }

    ChosenBackend chosen() {
        return chosen;
    }

    CompletionStage<Scored> predict(ServedModel model, int[] rows) {
        CompletionStage<Scored> asked = chosen.backend()
                .predict(model.card(), model.table().table(), rows)
                .thenApply(predictions -> new Scored(predictions, name));
        return chosen.fallback() ? asked.exceptionally(failed -> local(model, rows, failed)) : asked;
    }

    private Scored local(ServedModel model, int[] rows, Throwable failed) {
        count(rows.length, failed);
        return new Scored(model.predictor().predict(model.table().table(), rows), ServedModel.LOCAL);
    }

    /** One line a minute at the most: a backend that is down fails thousands of requests. */
    private synchronized void count(int rows, Throwable failed) {
        fallbacks += rows;
        if (clock.instant().isBefore(told.plus(QUIET))) {
            return;
        }
        told = clock.instant();
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        LOG.log(
                Level.WARNING,
                "The local model answers instead of " + chosen.backend().name() + ", " + fallbacks
                        + (fallbacks == 1 ? " prediction" : " predictions") + " so far: " + cause.getMessage());
    }
}
