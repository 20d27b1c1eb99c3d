package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Insight;
import smew.model.Predictor;

/**
 * How the mean prediction over held-out rows goes with the value of one input, every row keeping its values of the others (Friedman
 * 2001, section 8.2): for numbers at some quantiles, for categories at the most frequent levels.
 */
final class PartialDependence {

    private static final int ROWS = 1_000;
    private static final int INPUTS = 6;
    private static final int POINTS = 20;

    /** Curves at most where there are more than two classes, of each of which there is one per input. */
    private static final int CURVES = 12;

    private final SampledRows rows;

    private PartialDependence(SampledRows rows) {
        this.rows = rows;
    }

    /**
     * Computes.
     *
     * @param inputs by importance
     */
    static List<Insight.Dependence> of(Fitting fitting, Holdout holdout, Predictor predictor, List<String> inputs) {
        PartialDependence dependence =
                new PartialDependence(SampledRows.of(fitting, predictor, holdout.heldOut(), ROWS));
        Card card = predictor.card();
        int classes = card.classes().size();
        int wanted = classes > 2 ? Math.max(1, Math.min(INPUTS, CURVES / classes)) : INPUTS;
        List<String> names = card.inputs().stream().map(Card.Input::name).toList();
        return inputs.stream()
                .limit(wanted)
                .parallel()
                .map(names::indexOf)
                .map(dependence::curves)
                .flatMap(List::stream)
                .toList();
    }

    private List<Insight.Dependence> curves(int input) {
        Card card = rows.card();
        int[] places = places(input);
        double[][] means =
                Arrays.stream(places).mapToObj(place -> means(input, place)).toArray(double[][]::new);
        int positive = card.positiveIndex();
        int[] shown = positive >= 0
                ? new int[] {positive}
                : IntStream.range(0, Math.max(1, card.classes().size())).toArray();
        List<Insight.Dependence> curves = new ArrayList<>();
        for (int score : shown) {
            List<Insight.Point> points = IntStream.range(0, places.length)
                    .mapToObj(p -> new Insight.Point(text(rows.column(input), places[p]), means[p][score]))
                    .toList();
            curves.add(new Insight.Dependence(
                    card.inputs().get(input).name(),
                    card.classes().isEmpty() ? "" : card.classes().get(score),
                    points));
        }
        return curves;
    }

    /** The mean of each score if all rows had the value of one of them. */
    private double[] means(int input, int place) {
        int[] same = new int[rows.size()];
        Arrays.fill(same, place);
        return Arrays.stream(rows.with(input, same).scores())
                .mapToDouble(scores -> Arrays.stream(scores).average().orElse(0))
                .toArray();
    }

    /** Rows that hold the values to look at. */
    private int[] places(int input) {
        Column column = rows.column(input);
        int[] present = IntStream.range(0, rows.size())
                .filter(row -> !empty(column, row))
                .toArray();
        return switch (rows.card().inputs().get(input).type()) {
            case CATEGORY -> levels((Column.Texts) column, rows.card().inputs().get(input), present);
            case NUMBER, BOOLEAN -> quantiles(column, present);
        };
    }

    private static boolean empty(Column column, int row) {
        return column.isNull(row)
                || (column instanceof Column.Doubles doubles && !Double.isFinite(doubles.values()[row]));
    }

    private static double number(Column column, int row) {
        return switch (column) {
            case Column.Integers integers -> integers.values()[row];
            case Column.Doubles doubles -> doubles.values()[row];
            case Column.Booleans booleans -> booleans.values()[row] ? 1 : 0;
            case Column.Texts texts -> texts.codes()[row];
            case Column.Dates dates -> dates.epochDays()[row];
            case Column.Timestamps stamps -> stamps.epochMicros()[row];
        };
    }

    /** Every value where there are few, else some at equal steps of rank: the least and the greatest are left out as odd ones. */
    private static int[] quantiles(Column column, int[] present) {
        int[] sorted = Arrays.stream(present)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> number(column, row)))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] different = different(column, sorted);
        if (different.length <= POINTS) {
            return different;
        }
        int[] chosen = IntStream.range(0, POINTS)
                .map(point -> sorted[(int) ((point + 0.5) * sorted.length / POINTS)])
                .toArray();
        return different(column, chosen);
    }

    private static int[] different(Column column, int[] sorted) {
        return IntStream.range(0, sorted.length)
                .filter(i -> i == 0 || number(column, sorted[i]) != number(column, sorted[i - 1]))
                .map(i -> sorted[i])
                .toArray();
    }

    /** The first row of each level, the most frequent level first. */
    private static int[] levels(Column.Texts column, Card.Input input, int[] present) {
        int[] counts = new int[column.dictionary().length];
        int[] first = new int[counts.length];
        Arrays.fill(first, -1);
        for (int row : present) {
            int word = column.codes()[row];
            counts[word]++;
            first[word] = first[word] < 0 ? row : first[word];
        }
        return IntStream.range(0, counts.length)
                .filter(word ->
                        counts[word] > 0 && Collections.binarySearch(input.levels(), column.dictionary()[word]) >= 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer word) -> -counts[word])
                        .thenComparing(word -> column.dictionary()[word]))
                .limit(POINTS)
                .mapToInt(word -> first[word])
                .toArray();
    }

    private static String text(Column column, int row) {
        return switch (column) {
            case Column.Integers integers -> Long.toString(integers.values()[row]);
            case Column.Doubles doubles -> text(doubles.values()[row]);
            case Column.Booleans booleans -> Boolean.toString(booleans.values()[row]);
            case Column.Texts texts -> texts.dictionary()[texts.codes()[row]];
            case Column.Dates dates -> Integer.toString(dates.epochDays()[row]);
            case Column.Timestamps stamps -> Long.toString(stamps.epochMicros()[row]);
        };
    }

    private static String text(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
