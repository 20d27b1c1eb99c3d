package smew.model;

/** Turns what a model computes into probabilities that sum to 1. */
final class Probability {

    private Probability() {}

    /** Two classes from the log odds of the second. */
    static void binary(double logOdds, double[] out) {
        out[1] = 1 / (1 + Math.exp(-logOdds));
        out[0] = 1 / (1 + Math.exp(logOdds));
    }

    /** Any number of classes from their logarithms up to a constant, in place. */
    static void softmax(double[] out) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : out) {
            max = Math.max(max, value);
        }
        for (int c = 0; c < out.length; c++) {
            out[c] = Math.exp(out[c] - max);
        }
        shares(out);
    }

    /** Non-negative weights to shares, in place; all equal where there is no weight at all. */
    static void shares(double[] out) {
        double sum = 0;
        for (double value : out) {
            sum += value;
        }
        for (int c = 0; c < out.length; c++) {
            out[c] = sum > 0 ? out[c] / sum : 1.0 / out.length;
        }
    }
}
