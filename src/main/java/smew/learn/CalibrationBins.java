package smew.learn;

/**
 * Rows in ranges of like probability, about as many in each, equal probabilities together: where a class is rare, ranges of equal
 * width would put nearly all rows into the first one.
 *
 * @param bins by row
 * @param size how many there are
 */
record CalibrationBins(int[] bins, int size, double[] probabilities, boolean[] real) {

    static final int BINS = 10;

    static CalibrationBins of(Ranking ranking) {
        int[] order = ranking.order();
        double[] scores = ranking.scores();
        int[] bins = new int[order.length];
        int size = 0;
        for (int from = 0; from < order.length; size++) {
            int to = end(from, order.length);
            while (to < order.length && scores[order[to]] == scores[order[to - 1]]) {
                to++;
            }
            for (int place = from; place < to; place++) {
                bins[order[place]] = size;
            }
            from = to;
        }
        return new CalibrationBins(bins, size, scores, ranking.positive());
    }

    /** The first tenth of the rows that ends after a place. */
    private static int end(int place, int rows) {
        int tenth = 1;
        while ((int) ((long) tenth * rows / BINS) <= place) {
            tenth++;
        }
        return (int) ((long) tenth * rows / BINS);
    }

    /** The mean distance, over rows, between what a row's range was told and what is true of it. */
    double error(int[] counts) {
        double[] told = new double[size];
        double[] real = new double[size];
        double total = 0;
        for (int row = 0; row < counts.length; row++) {
            told[bins[row]] += counts[row] * probabilities[row];
            real[bins[row]] += this.real[row] ? counts[row] : 0;
            total += counts[row];
        }
        double error = 0;
        for (int bin = 0; bin < size; bin++) {
            error += Math.abs(told[bin] - real[bin]);
        }
        return error / total;
    }
}
