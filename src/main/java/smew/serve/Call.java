package smew.serve;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import smew.model.Prediction;
import smew.model.PredictionLog;

/**
 * One request, as a handler sees it: no socket, no thread.
 *
 * @param snapshot the one release that answers it
 * @param raw the path's parameters in the order of the template, still percent-encoded
 * @param query as it was sent, without its question mark; empty where there is none
 * @param body {@link Body#NONE} on routes that read none
 * @param contentType of the body, on routes that read one
 * @param writes the media type of the answer that the client likes best
 * @param id by which client and log speak of it
 * @param start when it was read, as {@link System#nanoTime} has it
 * @param service what all requests share
 */
record Call(
        Snapshot snapshot,
        List<String> raw,
        String query,
        Body body,
        Optional<MediaType> contentType,
        MediaType writes,
        String id,
        long start,
        Service service) {

    /** An empty buffer, for an answer that this thread gives back to whoever called it. */
    JsonBuffer json() {
        return service.buffers().take();
    }

    ServeSettings.Limits limits() {
        return service.settings().limits();
    }

    String parameter(int index) {
        return Percent.decode(raw.get(index));
    }

    /** The text that stands at the end of a path, as it was sent: a key is split at its commas before it is decoded. */
    String rawId() {
        return raw.getLast();
    }

    /** The same, answered from another snapshot. */
    Call at(Snapshot other) {
        return new Call(other, raw, query, body, contentType, writes, id, start, service);
    }

    /** The same, of which no prediction is logged. */
    Call unlogged() {
        return new Call(snapshot, raw, query, body, contentType, writes, id, start, service.unlogged());
    }

    /** Counts predictions by id, and logs them where that is wanted. */
    void predicted(ServedModel model, int[] rows, List<Prediction> predictions, String backend) {
        service.metrics().predicted(model, backend, predictions);
        Trial trial = snapshot.trial();
        if (trial != null) {
            service.metrics().predicted(model, trial.side(), predictions);
        }
        if (service.log().isPresent() && rows.length > 0) {
            service.log()
                    .get()
                    .predicted(new PredictionLog.Predicted(
                            Instant.now(service.settings().timing().clock()),
                            id,
                            snapshot.release(),
                            backend,
                            model.card(),
                            model.values(),
                            rows,
                            predictions,
                            System.nanoTime() - start,
                            Optional.empty()));
        }
    }
}
