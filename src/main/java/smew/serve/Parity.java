package smew.serve;

import java.util.List;
import java.util.concurrent.CompletionException;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.model.Agreement;
import smew.model.Prediction;
import smew.online.Cell;

/** Compares what a backend says with what the model of the release says, on rows spread over the online rows. */
final class Parity {

    private Parity() {}

    /**
     * Asks both and waits.
     *
     * @throws SmewException GATE when they say different things, naming the first entity; what the backend failed with, when it
     *     did not answer
     */
    static void check(ServedModel served, Backend backend) {
        int[] spread = Agreement.spread(served.table().rows());
        ServedModel model = served.at(spread);
        int[] rows = Agreement.complete(model.predictor(), model.values(), served.numbers(spread));
        if (rows.length == 0) {
            return;
        }
        List<Prediction> local = model.predictor().predict(model.values(), rows);
        List<Prediction> other;
        try {
            other = backend.predict(model.card(), model.values(), rows)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw backend.explained(failed);
        }
        int[] differing = Agreement.differing(model.card(), local, other);
        if (differing.length > 0) {
            int i = differing[0];
            throw new SmewException(
                    Fault.GATE,
                    "Comparing " + backend.name() + " with model "
                            + model.card().name() + " of the release: "
                            + Agreement.clause(id(model, rows[i]), local.get(i), other.get(i)) + ", and "
                            + differing.length + " of " + rows.length
                            + " rows differ. Deploy this release to the endpoint, or give --allow-difference.");
        }
    }

    private static String id(ServedModel model, int row) {
        return String.join(
                ",",
                model.key().stream()
                        .map((Column part) -> String.valueOf(Cell.value(part, row)))
                        .toList());
    }
}
