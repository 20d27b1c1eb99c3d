package smew.learn;

import smile.sort.QuickSort;

/**
 * Rows by falling score, and what follows from the order alone.
 *
 * @param order row numbers, the highest score first
 * @param scores by row
 * @param positive by row
 */
record Ranking(int[] order, double[] scores, boolean[] positive) {

    static Ranking of(double[] scores, boolean[] positive) {
        int[] rising = QuickSort.sort(scores.clone());
        int[] order = new int[rising.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = rising[rising.length - 1 - i];
        }
        return new Ranking(order, scores, positive);
    }

    /**
     * What the order says.
     *
     * @param auc the chance that a positive row scores higher than a negative one, ties counting half; NaN without rows of both
     * @param precision average precision: the area below the curve of precision over recall, as steps; NaN without positive rows
     * @param ks the greatest distance between the shares of positive and of negative rows above a score (Kolmogorov-Smirnov); NaN
     *     without rows of both
     */
    record Areas(double auc, double precision, double ks) {}

    /** Hears how many rows score at least so high, group of equal scores by group. */
    @FunctionalInterface
    interface Steps {
        void at(double score, double positives, double negatives);
    }

    Areas areas(int[] counts) {
        double[] totals = totals(counts);
        double[] sums = new double[3];
        double[] before = new double[2];
        walk(counts, (score, positives, negatives) -> {
            double more = positives - before[0];
            double less = negatives - before[1];
            sums[0] += more * (totals[1] - negatives + less / 2);
            sums[1] += more / totals[0] * Figures.share(positives, positives + negatives);
            sums[2] = Math.max(sums[2], Math.abs(positives / totals[0] - negatives / totals[1]));
            before[0] = positives;
            before[1] = negatives;
        });
        boolean both = totals[0] > 0 && totals[1] > 0;
        return new Areas(
                both ? sums[0] / totals[0] / totals[1] : Double.NaN,
                totals[0] > 0 ? sums[1] : Double.NaN,
                both ? sums[2] : Double.NaN);
    }

    /** Positive rows, then negative ones. */
    private double[] totals(int[] counts) {
        double[] totals = new double[2];
        for (int row = 0; row < counts.length; row++) {
            totals[positive[row] ? 0 : 1] += counts[row];
        }
        return totals;
    }

    void walk(int[] counts, Steps steps) {
        double positives = 0;
        double negatives = 0;
        int next = 0;
        while (next < order.length) {
            double score = scores[order[next]];
            double before = positives + negatives;
            while (next < order.length && scores[order[next]] == score) {
                int row = order[next++];
                positives += positive[row] ? counts[row] : 0;
                negatives += positive[row] ? 0 : counts[row];
            }
            if (positives + negatives > before) {
                steps.at(score, positives, negatives);
            }
        }
    }
}
