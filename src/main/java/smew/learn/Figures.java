package smew.learn;

import java.util.Arrays;
import java.util.Map;

/**
 * Figures of scored rows, defined as in scikit-learn with sample weights, that can be computed again and again with each row
 * counted several times, once or not at all. What can be prepared is, so that one computation is one pass over the rows.
 */
sealed interface Figures permits TwoClassFigures, ManyClassFigures, NumberFigures {

    /**
     * Computes all figures.
     *
     * @param counts how often each row counts
     * @return by name; a figure that is undefined is left out
     */
    Map<String, Double> of(int[] counts);

    int rows();

    /** With each row counted once. */
    default Map<String, Double> once() {
        int[] counts = new int[rows()];
        Arrays.fill(counts, 1);
        return of(counts);
    }

    /** Adds a figure, unless it is undefined. */
    static void put(Map<String, Double> figures, String name, double value) {
        if (Double.isFinite(value)) {
            figures.put(name, value);
        }
    }

    /** A share, and 0 of nothing. */
    static double share(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
