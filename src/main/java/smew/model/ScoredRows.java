package smew.model;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * What a model says of some rows, in arrays: a thousand rows are two objects, not five thousand. As a list it makes each
 * {@link Prediction} when it is asked for. Filled while rows are scored, from any number of threads; not changed afterwards.
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

    /** Takes in further rows. */
    void add(ScoredRows more) {
        int needed = Math.multiplyExact(Math.addExact(size, more.size), width);
        if (needed > scores.length) {
            scores = Arrays.copyOf(scores, Math.max(needed, scores.length + (scores.length >> 1)));
        }
        System.arraycopy(more.scores, 0, scores, size * width, more.size * width);
        size += more.size;
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

    @Override
    public Prediction get(int row) {
        return outcomes.prediction(Arrays.copyOfRange(scores, row * width, (row + 1) * width));
    }

    @Override
    public int size() {
        return size;
    }
}
