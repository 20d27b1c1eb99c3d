package smew.model;

import java.util.List;
import java.util.Optional;

/**
 * What a report draws of held-out rows, thinned to a few hundred points.
 *
 * @param ranking of two classes
 * @param reliability bins of the positive class's probability, or of all classes' where there are more than two
 * @param distribution how probabilities, or predicted numbers, are spread
 * @param errors of a regression
 */
public record Curves(
        Optional<Ranking> ranking, List<Bin> reliability, List<Spread> distribution, List<Residual> errors) {
    public Curves {
        reliability = List.copyOf(reliability);
        distribution = List.copyOf(distribution);
        errors = List.copyOf(errors);
    }

    /**
     * What follows from where the line between the classes is drawn.
     *
     * @param steps by falling threshold; the first one predicts no row positive, the last one every row
     */
    public record Ranking(List<Step> steps) {
        public Ranking {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Rows at or above a threshold, called positive.
     *
     * @param threshold infinite for none: 2 here, which no probability reaches
     * @param called share of all rows called positive
     * @param recall share of positive rows called positive: the true positive rate, and what a gain curve shows
     * @param falseAlarms share of negative rows called positive: the false positive rate
     * @param precision share of called rows that are positive; 1 where none is called
     */
    public record Step(double threshold, double called, double recall, double falseAlarms, double precision) {}

    /** Rows of like probability: what was said, and what was true. */
    public record Bin(long rows, double meanProbability, double shareTrue, Interval interval) {}

    /** How many rows of one class (or of all, for regression: an empty name) lie in one range, the upper end excluded but in the last. */
    public record Spread(String className, double from, double to, long rows) {}

    /** Rows of like prediction in a regression: mean prediction, mean truth, and the middle half of the truth. */
    public record Residual(
            long rows, double meanPrediction, double meanTruth, double lowerQuartile, double upperQuartile) {}
}
