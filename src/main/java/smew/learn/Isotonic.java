package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import smew.model.Calibration;
import smile.sort.QuickSort;

/**
 * The non-decreasing curve of the least squared error (pool adjacent violators; Ayer et al. 1955), linear between its points and level
 * beyond them, as scikit-learn's IsotonicRegression with {@code out_of_bounds='clip'} has it.
 *
 * @param from rising
 * @param to as many, not falling
 */
record Isotonic(double[] from, double[] to) {

    /**
     * Fits.
     *
     * @param x in any order; values of equal x are averaged
     * @param y what to come near to
     * @param weights above 0
     */
    static Isotonic of(double[] x, double[] y, double[] weights) {
        double[] sorted = x.clone();
        int[] order = QuickSort.sort(sorted);
        Blocks blocks = new Blocks(x.length);
        for (int i = 0; i < sorted.length; ) {
            double sum = 0;
            double weight = 0;
            int next = i;
            while (next < sorted.length && sorted[next] == sorted[i]) {
                sum += weights[order[next]] * y[order[next]];
                weight += weights[order[next]];
                next++;
            }
            blocks.add(sorted[i], sum, weight);
            i = next;
        }
        return blocks.curve();
    }

    /**
     * The curve from a model's probabilities to the share of rows that came true. It never says 0 or 1: as if two more rows of
     * unknown outcome, each true to the share of all rows, had the lowest and the highest probability. Where a single row was right at
     * one end, the plain curve would be sure for ever, and one error on later rows would make the log loss infinite. Bounds on the
     * result, such as 1 / (n + 2), would still be nearly sure of what a single row said.
     */
    static Calibration.Correction correction(double[] probabilities, boolean[] real) {
        int rows = probabilities.length;
        double[] x = Arrays.copyOf(probabilities, rows + 2);
        x[rows] = Arrays.stream(probabilities).min().orElseThrow();
        x[rows + 1] = Arrays.stream(probabilities).max().orElseThrow();
        double[] y = new double[rows + 2];
        double hits = 0;
        for (int row = 0; row < rows; row++) {
            y[row] = real[row] ? 1 : 0;
            hits += y[row];
        }
        y[rows] = hits / rows;
        y[rows + 1] = hits / rows;
        double[] once = new double[rows + 2];
        Arrays.fill(once, 1);
        Isotonic curve = of(x, y, once);
        return new Calibration.Correction(
                Arrays.stream(curve.from).boxed().toList(),
                Arrays.stream(curve.to).boxed().toList(),
                0,
                0);
    }

    /** Stretches of one value each, of which the later ones are greater. */
    private static final class Blocks {

        private final double[] first;
        private final double[] last;
        private final double[] sums;
        private final double[] weights;
        private int count;

        Blocks(int most) {
            first = new double[most];
            last = new double[most];
            sums = new double[most];
            weights = new double[most];
        }

        void add(double x, double sum, double weight) {
            first[count] = x;
            last[count] = x;
            sums[count] = sum;
            weights[count] = weight;
            count++;
            while (count > 1 && value(count - 2) >= value(count - 1)) {
                count--;
                last[count - 1] = last[count];
                sums[count - 1] += sums[count];
                weights[count - 1] += weights[count];
            }
        }

        private double value(int block) {
            return sums[block] / weights[block];
        }

        /** Both ends of each stretch. */
        Isotonic curve() {
            List<double[]> points = new ArrayList<>();
            for (int block = 0; block < count; block++) {
                points.add(new double[] {first[block], value(block)});
                if (last[block] > first[block]) {
                    points.add(new double[] {last[block], value(block)});
                }
            }
            return new Isotonic(
                    points.stream().mapToDouble(point -> point[0]).toArray(),
                    points.stream().mapToDouble(point -> point[1]).toArray());
        }
    }
}
