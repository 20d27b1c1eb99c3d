package smew.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smile.model.cart.Loss;

/**
 * Where boosting stands: the sum of each group of trees for every row, and the slope that the next trees follow.
 *
 * <p>Smile's own losses ignore how often a row counts, and divide zero by zero once classes are parted perfectly.
 */
final class Gradient {

    /** A leaf says at most this, before the learning rate: a few rows that were very wrong do not decide alone. */
    private static final double LEAF = 4;

    private final TrainingRows rows;
    private final double[] base;
    private final double[][] sums;
    private final double[][] slopes;

    private Gradient(TrainingRows rows, double[] base) {
        this.rows = rows;
        this.base = base;
        this.sums = new double[base.length][rows.size()];
        this.slopes = new double[base.length][rows.size()];
        for (int group = 0; group < base.length; group++) {
            Arrays.fill(sums[group], base[group]);
        }
    }

    /** The start: the mean, or the logarithms of the shares of classes. */
    static Gradient of(TrainingRows rows) {
        if (rows.classes() == 0) {
            return new Gradient(
                    rows, new double[] {Arrays.stream(rows.numbers()).average().orElseThrow()});
        }
        int[] counts = rows.counts();
        int[] whole = rows.wholeWeights();
        double[] logs = IntStream.range(0, rows.classes())
                .mapToDouble(code -> StrictMath.log((double) counts[code] * whole[code]))
                .toArray();
        return new Gradient(rows, rows.classes() == 2 ? new double[] {(logs[1] - logs[0]) / 2} : logs);
    }

    /** How many groups of trees there are. */
    int groups() {
        return base.length;
    }

    double[] base() {
        return base;
    }

    /** The sums of one group, one per row, to be added to. */
    double[] sums(int group) {
        return sums[group];
    }

    /** Computes the slopes at the present sums. */
    void refresh() {
        IntStream.range(0, rows.size()).parallel().forEach(row -> {
            switch (rows.classes()) {
                case 0 -> slopes[0][row] = rows.numbers()[row] - sums[0][row];
                case 2 -> {
                    double sign = rows.codes()[row] == 1 ? 1 : -1;
                    slopes[0][row] = 2 * sign / (1 + StrictMath.exp(2 * sign * sums[0][row]));
                }
                default -> softmax(row);
            }
        });
    }

    private void softmax(int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (double[] sum : sums) {
            max = Math.max(max, sum[row]);
        }
        double total = 0;
        for (int c = 0; c < sums.length; c++) {
            slopes[c][row] = StrictMath.exp(sums[c][row] - max);
            total += slopes[c][row];
        }
        for (int c = 0; c < sums.length; c++) {
            slopes[c][row] = (rows.codes()[row] == c ? 1 : 0) - slopes[c][row] / total;
        }
    }

    /** The slopes, by group and row. */
    List<double[]> slopes() {
        return List.of(slopes);
    }

    /** Slopes of some rows as a loss that Smile's trees grow by. */
    Loss loss(double[] some) {
        return rows.classes() == 0 ? Loss.ls(some) : new ClassLoss(some, rows.classes());
    }

    /** One step of Newton's method in each leaf (Friedman 2001, algorithms 5 and 6). */
    private record ClassLoss(double[] slopes, int classes) implements Loss {
        @Override
        public double output(int[] leaf, int[] counts) {
            double slope = 0;
            double curvature = 0;
            double top = classes == 2 ? 2 : 1;
            for (int row : leaf) {
                double steep = Math.abs(slopes[row]);
                slope += counts[row] * slopes[row];
                curvature += counts[row] * steep * (top - steep);
            }
            double step = classes == 2 ? slope / curvature : (classes - 1.0) / classes * slope / curvature;
            return Double.isNaN(step) ? 0 : Math.clamp(step, -LEAF, LEAF);
        }

        @Override
        public double[] response() {
            return slopes;
        }

        @Override
        public double value() {
            throw new UnsupportedOperationException("A tree needs no loss value.");
        }

        @Override
        public double intercept(double[] labels) {
            throw new UnsupportedOperationException("A tree needs no intercept.");
        }

        @Override
        public double[] residual() {
            throw new UnsupportedOperationException("A tree needs no residuals.");
        }
    }
}
