package smew.learn;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.model.Search;
import smile.stat.distribution.TDistribution;

/**
 * A candidate and what it reached so far.
 *
 * @param figures of the folds done
 * @param hopeless whether it was stopped
 * @param failure why it has no figure
 */
record Entrant(Candidate candidate, double[] figures, boolean hopeless, Optional<String> failure) {

    /** A candidate worse than the leader only by luck is stopped in one of forty cases, before others are chosen from. */
    private static final double CERTAINTY = 0.975;

    Entrant(Candidate candidate) {
        this(candidate, new double[0], false, Optional.empty());
    }

    boolean running() {
        return !hopeless && failure.isEmpty();
    }

    Entrant with(double figure) {
        double[] more = Arrays.copyOf(figures, figures.length + 1);
        more[figures.length] = figure;
        return new Entrant(candidate, more, hopeless, failure);
    }

    Entrant failed(String reason) {
        return new Entrant(candidate, figures, hopeless, Optional.of(reason));
    }

    Entrant stopped() {
        return new Entrant(candidate, figures, true, failure);
    }

    double mean() {
        return mean(figures);
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Of the mean; 0 with a single fold, which tells nothing of it. */
    double standardError() {
        return standardError(figures);
    }

    /** Of the mean of some values. */
    static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /**
     * Whether another is so far ahead that this one will not be chosen: worse by more than the other's standard error, and not by
     * chance, by the t test of the differences fold by fold.
     */
    boolean hopelessBehind(Entrant leader, Measure measure) {
        int folds = figures.length;
        if (folds < 2) {
            return false;
        }
        double[] behind = IntStream.range(0, folds)
                .mapToDouble(fold -> measure.worse(figures[fold], leader.figures[fold]))
                .toArray();
        double mean = mean(behind);
        double certain = new TDistribution(folds - 1).quantile(CERTAINTY) * standardError(behind);
        return mean > leader.standardError() && mean > certain;
    }

    Search.Entry entry(int rows, boolean chosen) {
        return new Search.Entry(candidate.shown(), mean(), standardError(), figures.length, rows, chosen);
    }
}
