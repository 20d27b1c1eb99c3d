package smew.model;

import java.util.List;
import java.util.stream.IntStream;
import smew.columns.Table;

/** Whether somebody else predicts what a model predicts, up to rounding, on rows spread over a table. */
public final class Agreement {

    /** How many rows are compared at most. */
    public static final int ROWS = 50;

    /** How far probabilities may lie apart; numbers, in proportion where they are greater than 1. */
    private static final double TOLERANCE = 1e-9;

    private Agreement() {}

    /** Rows at equal distances, without those that the model refuses because they lack an input. */
    public static int[] sample(Predictor predictor, Table table) {
        return complete(predictor, table, spread(table.rows()));
    }

    /** Rows at equal distances. */
    public static int[] spread(int rows) {
        int count = Math.min(ROWS, rows);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * rows / count))
                .toArray();
    }

    /** Those of some rows that the model does not refuse because they lack an input. */
    public static int[] complete(Predictor predictor, Table table, int[] rows) {
        return IntStream.of(rows)
                .filter(row -> predictor.missing(table, row).isEmpty())
                .toArray();
    }

    /** Places, from 0, at which two lists of predictions under a card differ. */
    public static int[] differing(Card card, List<Prediction> model, List<Prediction> other) {
        return IntStream.range(0, model.size())
                .filter(i -> !same(card, model.get(i), other.get(i)))
                .toArray();
    }

    private static boolean same(Card card, Prediction model, Prediction other) {
        if (card.classes().isEmpty()) {
            double number = ((Number) model.value()).doubleValue();
            double found = ((Number) other.value()).doubleValue();
            return Math.abs(number - found) <= TOLERANCE * Math.max(1, Math.abs(number));
        }
        return model.value().equals(other.value())
                && IntStream.range(0, card.classes().size())
                        .allMatch(c -> Math.abs(model.probabilities().get(c)
                                        - other.probabilities().get(c))
                                <= TOLERANCE);
    }

    /** A difference as a clause: {@code of entity 7 it says 1 with probability 0.9, the model says 0 with probability 0.1}. */
    public static String clause(String entity, Prediction model, Prediction other) {
        return "of entity " + entity + " it says " + said(other) + ", the model says " + said(model);
    }

    private static String said(Prediction prediction) {
        return prediction.value()
                + (prediction.probability() == null ? "" : " with probability " + prediction.probability());
    }
}
