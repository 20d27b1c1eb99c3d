package smew.learn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Curves;
import smew.project.Relation;

/**
 * How right predictions were, once the truth is known: figures as a card has them, so that the two can be compared. Of more than
 * two classes only the probability of the predicted one is known, and few figures need no other.
 *
 * @param rows looked at; one without a prediction, or of a classification without a probability, is left out
 * @param figures by name
 * @param calibration what was said and what came true, in ranges of about as many rows; empty for numbers
 */
public record LaterTruth(long rows, Map<String, Double> figures, List<Curves.Bin> calibration) {

    /**
     * Computes.
     *
     * @param truth labels as text
     * @param predicted the same
     * @param probability of the positive class of two, or of the predicted class of more
     */
    public static LaterTruth of(Card card, Column.Texts truth, Column.Texts predicted, Column.Doubles probability) {
        if (card.task() == Relation.Task.REGRESSION) {
            int[] said = IntStream.range(0, truth.rows())
                    .filter(row -> !predicted.isNull(row))
                    .toArray();
            return of(new NumberFigures(numbers(truth, said), numbers(predicted, said)));
        }
        int[] rows = IntStream.range(0, truth.rows())
                .filter(row -> !probability.isNull(row) && !predicted.isNull(row))
                .toArray();
        double[] said = Arrays.stream(rows)
                .mapToDouble(row -> probability.values()[row])
                .toArray();
        return rows.length == 0
                ? new LaterTruth(0, Map.of(), List.of())
                : card.positive().isPresent()
                        ? ofTwo(
                                are(card, truth, rows, card.positive().get()),
                                said,
                                are(card, predicted, rows, card.positive().get()))
                        : ofMany(card, truth, predicted, rows, said);
    }

    private static LaterTruth of(NumberFigures figures) {
        return new LaterTruth(figures.rows(), figures.rows() == 0 ? Map.of() : figures.once(), List.of());
    }

    private static LaterTruth ofTwo(boolean[] truth, double[] said, boolean[] predicted) {
        TwoClassFigures figures = new TwoClassFigures(truth, said, predicted, Optional.empty());
        return new LaterTruth(truth.length, figures.once(), CurvePoints.bins(figures.bins()));
    }

    private static LaterTruth ofMany(Card card, Column.Texts truth, Column.Texts predicted, int[] rows, double[] said) {
        boolean[] right = new boolean[rows.length];
        double hits = 0;
        for (int r = 0; r < rows.length; r++) {
            right[r] = same(card, text(truth, rows[r]), text(predicted, rows[r]));
            hits += right[r] ? 1 : 0;
        }
        CalibrationBins bins = CalibrationBins.of(Ranking.of(said, right));
        int[] once = new int[rows.length];
        Arrays.fill(once, 1);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", hits / rows.length);
        figures.put("calibration_error", bins.error(once));
        return new LaterTruth(rows.length, figures, CurvePoints.bins(bins));
    }

    private static boolean[] are(Card card, Column.Texts texts, int[] rows, String wanted) {
        boolean[] are = new boolean[rows.length];
        for (int r = 0; r < rows.length; r++) {
            are[r] = same(card, text(texts, rows[r]), wanted);
        }
        return are;
    }

    /** Two programs may write one number in two ways. */
    private static boolean same(Card card, String one, String other) {
        return card.labelType() == Card.LabelType.NUMBER
                ? Double.parseDouble(one) == Double.parseDouble(other)
                : one.equals(other);
    }

    private static String text(Column.Texts texts, int row) {
        return texts.dictionary()[texts.codes()[row]];
    }

    private static double[] numbers(Column.Texts texts, int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> Double.parseDouble(text(texts, row)))
                .toArray();
    }
}
