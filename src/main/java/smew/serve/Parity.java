package smew.serve;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Prediction;
import smew.online.Cell;

/** Compares what a backend says with what the model of the release says, on rows spread over the online rows. */
final class Parity {

    /** How many rows are compared at most. */
    static final int ROWS = 50;

    /** How far probabilities may lie apart; numbers, in proportion where they are greater than 1. */
    static final double TOLERANCE = 1e-9;

    private Parity() {}

    /**
     * Asks both and waits.
     *
     * @throws SmewException GATE when they say different things, naming the first entity; what the backend failed with, when it
     *     did not answer
     */
    static void check(ServedModel model, Backend backend) {
        int[] rows = sample(model);
        if (rows.length == 0) {
            return;
        }
        List<Prediction> local = model.predictor().predict(model.table().table(), rows);
        List<Prediction> other;
        try {
            other = backend.predict(model.card(), model.table().table(), rows)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw backend.explained(failed);
        }
        int[] differing = IntStream.range(0, rows.length)
                .filter(i -> !same(model.card(), local.get(i), other.get(i)))
                .toArray();
        OptionalInt first = Arrays.stream(differing).findFirst();
        if (first.isPresent()) {
            int i = first.getAsInt();
            throw new SmewException(
                    Fault.GATE,
                    "Comparing " + backend.name() + " with model "
                            + model.card().name() + " of the release: of entity "
                            + id(model, rows[i]) + " it says " + said(other.get(i)) + ", the model says "
                            + said(local.get(i)) + ", and " + differing.length + " of " + rows.length
                            + " rows differ. Deploy this release to the endpoint, or give --allow-difference.");
        }
    }

    /** Rows at equal distances, without those that the model refuses because they lack an input. */
    private static int[] sample(ServedModel model) {
        int rows = model.table().table().rows();
        int count = Math.min(ROWS, rows);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * rows / count))
                .filter(row -> model.missing(row).isEmpty())
                .toArray();
    }

    private static boolean same(Card card, Prediction local, Prediction other) {
        if (card.classes().isEmpty()) {
            double number = ((Number) local.value()).doubleValue();
            double found = ((Number) other.value()).doubleValue();
            return Math.abs(number - found) <= TOLERANCE * Math.max(1, Math.abs(number));
        }
        return local.value().equals(other.value())
                && IntStream.range(0, card.classes().size())
                        .allMatch(c -> Math.abs(local.probabilities().get(c)
                                        - other.probabilities().get(c))
                                <= TOLERANCE);
    }

    private static String said(Prediction prediction) {
        return prediction.value()
                + (prediction.probability() == null ? "" : " with probability " + prediction.probability());
    }

    private static String id(ServedModel model, int row) {
        return String.join(
                ",",
                model.table().key().stream()
                        .map((Column part) -> String.valueOf(Cell.value(part, row)))
                        .toList());
    }
}
