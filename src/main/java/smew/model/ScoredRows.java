package smew.model;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntToDoubleFunction;
import smew.columns.Column;
import smew.columns.Table;

/**
 * What a model says of some rows, in arrays: a thousand rows are two objects, not five thousand. As a list it makes each
 * {@link Prediction} when it is asked for. Rows are set from any number of threads while they are scored, each once.
 */
public final class ScoredRows extends AbstractList<Prediction> implements RandomAccess {

    private final Outcomes outcomes;
    private final int width;
    private double[] scores;
    private int size;

    ScoredRows(Outcomes outcomes, int rows) {
        this.outcomes = outcomes;
        this.width = outcomes.scores();
        this.scores = new double[Math.multiplyExact(rows, width)];
        this.size = rows;
    }

    void set(int row, double[] scored) {
        System.arraycopy(scored, 0, scores, row * width, width);
    }

    /** Takes in further rows of the same model. */
    public void add(ScoredRows more) {
        int needed = Math.multiplyExact(Math.addExact(size, more.size), width);
        if (needed > scores.length) {
            scores = Arrays.copyOf(scores, Math.max(needed, scores.length + (scores.length >> 1)));
        }
        System.arraycopy(more.scores, 0, scores, size * width, more.size * width);
        size += more.size;
    }

    /** How many classes there are; 0 for a regression. */
    public int classes() {
        return outcomes.classes();
    }

    /** The number that a regression says. */
    public double number(int row) {
        return scores[row];
    }

    /** The place of the predicted class in {@link Card#classes()}. */
    public int predicted(int row) {
        return outcomes.predicted(scores, row * width);
    }

    /** A class in the label's own type. */
    public Object value(int outcome) {
        return outcomes.value(outcome);
    }

    /** The probability of a class. */
    public double probability(int row, int outcome) {
        return scores[row * width + outcome];
    }

    /** The class that {@link Prediction#probability} speaks of. */
    public int spokenOf(int row) {
        int positive = outcomes.positive();
        return positive < 0 ? predicted(row) : positive;
    }

    /**
     * Some of the rows as columns: {@code prediction} in the type of the label, and for a classification {@code probability} and
     * {@code probability_CLASS} for each class, as {@link ScoredTable} has them.
     *
     * @param to behind the last row
     */
    public Table columns(int from, int to) {
        int rows = to - from;
        ScoredTable.Names names = new ScoredTable.Names();
        if (classes() == 0) {
            double[] numbers = Arrays.copyOfRange(scores, from, to);
            return new Table(List.of(new Column.Doubles(names.free("prediction"), numbers, new BitSet())), rows);
        }
        int[] predicted = new int[rows];
        Arrays.setAll(predicted, row -> predicted(from + row));
        List<Column> columns = new ArrayList<>();
        columns.add(ScoredTable.labels(outcomes, names.free("prediction"), predicted, new BitSet()));
        columns.add(doubles(names.free("probability"), rows, row -> probability(from + row, spokenOf(from + row))));
        for (int c = 0; c < width; c++) {
            int outcome = c;
            String name = names.free("probability_" + outcomes.card().classes().get(c));
            columns.add(doubles(name, rows, row -> probability(from + row, outcome)));
        }
        return new Table(columns, rows);
    }

    private static Column doubles(String name, int rows, IntToDoubleFunction value) {
        double[] values = new double[rows];
        Arrays.setAll(values, value);
        return new Column.Doubles(name, values, new BitSet());
    }

    @Override
    public Prediction get(int row) {
        return outcomes.prediction(Arrays.copyOfRange(scores, row * width, (row + 1) * width));
    }

    @Override
    public int size() {
        return size;
    }
}
