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
 * How right predictions were, once the truth is known: figures as a card has them, so that the two can be compared. Where no class is
 * positive and the probability of the predicted one is all that is known of some row, there are but the few that need no other.
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
     * @param probability of the positive class, or of the predicted one where none is positive
     * @param probabilities then, one column per class; of a row that has any, a null is that of a class which nobody knew of
     */
    public static LaterTruth of(
            Card card,
            Column.Texts truth,
            Column.Texts predicted,
            Column.Doubles probability,
            List<Column.Doubles> probabilities) {
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
        if (rows.length == 0) {
            return new LaterTruth(0, Map.of(), List.of());
        }
        if (card.positive().isPresent()) {
            return ofTwo(
                    are(card, truth, rows, card.positive().get()),
                    said,
                    are(card, predicted, rows, card.positive().get()));
        }
        int[] truths = codes(card, truth, rows);
        int[] predictions = codes(card, predicted, rows);
        return Arrays.stream(rows).allMatch(row -> isKnown(probabilities, row))
                        && IntStream.concat(Arrays.stream(truths), Arrays.stream(predictions))
                                .allMatch(code -> code >= 0)
                ? ofMany(new ManyClassFigures(truths, probabilities(probabilities, rows), predictions))
                : ofPredicted(card, truth, predicted, rows, said);
    }

    private static LaterTruth of(NumberFigures figures) {
        return new LaterTruth(figures.rows(), figures.rows() == 0 ? Map.of() : figures.once(), List.of());
    }

    private static LaterTruth ofTwo(boolean[] truth, double[] said, boolean[] predicted) {
        TwoClassFigures figures = new TwoClassFigures(truth, said, predicted, Optional.empty());
        return new LaterTruth(truth.length, figures.once(), CurvePoints.bins(figures.bins()));
    }

    private static boolean isKnown(List<Column.Doubles> probabilities, int row) {
        return probabilities.stream().anyMatch(column -> !column.isNull(row));
    }

    /** By class, then row. */
    private static double[][] probabilities(List<Column.Doubles> probabilities, int[] rows) {
        return probabilities.stream()
                .map(column -> Arrays.stream(rows)
                        .mapToDouble(row -> column.isNull(row) ? 0 : column.values()[row])
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Places of classes in the card; -1 for one that only another release knew. */
    private static int[] codes(Card card, Column.Texts texts, int[] rows) {
        int[] codes = new int[rows.length];
        Arrays.fill(codes, -1);
        for (int code = 0; code < card.classes().size(); code++) {
            boolean[] are = are(card, texts, rows, card.classes().get(code));
            for (int r = 0; r < rows.length; r++) {
                codes[r] = are[r] ? code : codes[r];
            }
        }
        return codes;
    }

    private static LaterTruth ofMany(ManyClassFigures figures) {
        return new LaterTruth(figures.rows(), figures.once(), CurvePoints.bins(figures.confidence()));
    }

    private static LaterTruth ofPredicted(
            Card card, Column.Texts truth, Column.Texts predicted, int[] rows, double[] said) {
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
