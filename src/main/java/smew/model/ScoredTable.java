package smew.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;

/**
 * What a model says of every row of a table, in columns and without an object per row.
 *
 * @param table the key columns and the event time of the rows, as they are there; {@code model} and {@code release}; then
 *     {@code prediction}, in the type of the label, and for a classification {@code probability}, as {@link Prediction} has it,
 *     and {@code probability_CLASS} for each class; then, if they are wanted, reasons. A name that is taken already, in upper or lower case, gets {@code _1}
 * @param refused how many rows have no prediction, because the model allows nothing missing
 * @param lacking which inputs these rows lack
 */
public record ScoredTable(Table table, int refused, List<String> lacking) {

    /** Scores all rows, on all cores, without reasons. */
    public static ScoredTable of(Predictor predictor, Table rows, String release) {
        return of(predictor, rows, release, 0, Progress.NONE.start(""));
    }

    /**
     * Scores all rows, on all cores, and explains them. {@code explains} says what is explained, as {@link Explanation} has it,
     * and of which class; {@code baseline} and {@code explained_value} are its numbers. {@code reason_1} is the input that counts
     * most, {@code reason_1_contribution} what it adds to the baseline, {@code reason_1_text} what a comment says of it; so on
     * for {@code reason_2}. What a row has no reason for, or no comment, is null.
     *
     * @param rows with the model's keys, event time and inputs among their columns
     * @param reasons how many a row has at the most; with 0 there are none of these columns
     * @param step hears how far explaining is
     * @throws SmewException DATA where one of these is not there
     */
    public static ScoredTable of(Predictor predictor, Table rows, String release, int reasons, Progress.Step step) {
        Card card = predictor.card();
        Map<String, BitSet> lacking = predictor.lacking(rows);
        BitSet refused = union(lacking);
        Names names = new Names();
        List<Column> columns = new ArrayList<>();
        card.entity().forEach(key -> columns.add(kept(card, rows, names.free(key))));
        card.time().stream()
                .limit(1)
                .filter(time -> !card.entity().contains(time))
                .forEach(time -> columns.add(kept(card, rows, names.free(time))));
        columns.add(constant(names.free("model"), card.name(), rows.rows()));
        columns.add(constant(names.free("release"), release, rows.rows()));
        int[] scored = scored(rows, refused);
        columns.addAll(outcomes(predictor, rows, scored, refused, names));
        if (reasons > 0) {
            columns.addAll(ReasonColumns.of(predictor, rows, scored, refused, reasons, names, step));
        }
        return new ScoredTable(new Table(columns, rows.rows()), refused.cardinality(), List.copyOf(lacking.keySet()));
    }

    /**
     * The outcomes alone: what is predicted, and for a classification its probability and then that of each class. A row that
     * the model refuses is null in all of them.
     *
     * @param rows with the model's inputs among their columns
     */
    public static List<Column> outcomes(Predictor predictor, Table rows) {
        BitSet refused = union(predictor.lacking(rows));
        return outcomes(predictor, rows, scored(rows, refused), refused, new Names());
    }

    private static BitSet union(Map<String, BitSet> lacking) {
        BitSet refused = new BitSet();
        lacking.values().forEach(refused::or);
        return refused;
    }

    private static int[] scored(Table rows, BitSet refused) {
        return IntStream.range(0, rows.rows()).filter(row -> !refused.get(row)).toArray();
    }

    private static List<Column> outcomes(Predictor predictor, Table rows, int[] scored, BitSet refused, Names names) {
        return predictor.card().classes().isEmpty()
                ? List.of(values(predictor, rows, scored, refused, names))
                : classes(predictor, rows, scored, refused, names);
    }

    /** Names of columns, of which no two differ in case only: DuckDB and what reads its files want them so. */
    static final class Names {

        private final Set<String> taken = new HashSet<>();

        String free(String wanted) {
            String name = wanted;
            for (int number = 1; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = wanted + "_" + number;
            }
            return name;
        }
    }

    private static Column kept(Card card, Table rows, String name) {
        return rows.column(name)
                .orElseThrow(() -> new SmewException(
                        Fault.DATA,
                        "Scoring the rows of " + card.name() + ": they have no column " + name
                                + ". The release is damaged: make a new one with smew run."));
    }

    private static Column constant(String name, String text, int rows) {
        return new Column.Texts(name, new int[rows], new String[] {text}, new BitSet());
    }

    private static Column values(Predictor predictor, Table rows, int[] scored, BitSet refused, Names names) {
        double[] values = new double[rows.rows()];
        predictor.score(rows, scored, (index, scores) -> values[scored[index]] = scores[0]);
        return new Column.Doubles(names.free("prediction"), values, refused);
    }

    private static List<Column> classes(Predictor predictor, Table rows, int[] scored, BitSet refused, Names names) {
        Card card = predictor.card();
        int[] predicted = new int[rows.rows()];
        Arrays.fill(predicted, -1);
        double[] probability = new double[rows.rows()];
        double[][] probabilities = new double[card.classes().size()][rows.rows()];
        int positive = card.positiveIndex();
        Outcomes outcomes = new Outcomes(card);
        predictor.score(rows, scored, (index, scores) -> {
            int row = scored[index];
            predicted[row] = outcomes.predicted(scores);
            probability[row] = scores[positive < 0 ? predicted[row] : positive];
            for (int c = 0; c < scores.length; c++) {
                probabilities[c][row] = scores[c];
            }
        });
        List<Column> columns = new ArrayList<>();
        columns.add(labels(outcomes, names.free("prediction"), predicted, refused));
        columns.add(new Column.Doubles(names.free("probability"), probability, refused));
        for (int c = 0; c < probabilities.length; c++) {
            columns.add(new Column.Doubles(
                    names.free("probability_" + card.classes().get(c)), probabilities[c], refused));
        }
        return columns;
    }

    /** The predicted classes in the label's own type; a refused row has class -1. */
    static Column labels(Outcomes outcomes, String name, int[] predicted, BitSet refused) {
        Card card = outcomes.card();
        return switch (card.labelType()) {
            case TEXT -> new Column.Texts(name, predicted, card.classes().toArray(String[]::new), refused);
            case INTEGER ->
                new Column.Integers(
                        name,
                        Arrays.stream(predicted)
                                .mapToLong(code -> code < 0 ? 0 : (Long) outcomes.value(code))
                                .toArray(),
                        refused);
            case NUMBER ->
                new Column.Doubles(
                        name,
                        Arrays.stream(predicted)
                                .mapToDouble(code -> code < 0 ? 0 : (Double) outcomes.value(code))
                                .toArray(),
                        refused);
            case BOOLEAN -> {
                boolean[] values = new boolean[predicted.length];
                for (int row = 0; row < values.length; row++) {
                    values[row] = predicted[row] >= 0 && (Boolean) outcomes.value(predicted[row]);
                }
                yield new Column.Booleans(name, values, refused);
            }
        };
    }
}
