package smew.learn;

import java.util.Optional;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Design;
import smew.model.Learned;
import smile.math.BFGS;
import smile.util.function.DifferentiableMultivariateFunction;

/**
 * Logistic regression with a penalty on squared weights, fitted by Smile's L-BFGS. Smile 6.3.0's own class wants every
 * row as an array with one element per level, knows no class weights, and sums in an order that depends on the machine.
 */
final class LogisticLearner implements Learner {

    private static final int MEMORY = 5;

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Design design = new Design(rows.inputs());
        Standard standard = Standard.of(rows, design);
        Objective objective = new Objective(rows, design, standard, chosen.number("l2"));
        double[] fitted = new double[objective.groups * (design.width() + 1)];
        BFGS.minimize(objective, MEMORY, fitted, chosen.number("tolerance"), chosen.integer("max-iterations"));
        double[][] coefficients = new double[objective.groups][];
        double[] importance = new double[rows.inputs().size()];
        for (int group = 0; group < objective.groups; group++) {
            double[] weights = objective.weights(fitted, group);
            Standard.addImportance(weights, design, importance);
            coefficients[group] = standard.unfolded(weights, weights[design.width()]);
        }
        return new Fit(new Learned.Linear(coefficients, Optional.of(standard.means())), importance);
    }

    /** Mean log loss plus penalty, and its gradient. Sums are taken in chunks of fixed size, added up in fixed order. */
    private static final class Objective implements DifferentiableMultivariateFunction {

        private static final long serialVersionUID = 1L;
        private static final int CHUNK = 4_096;

        private final transient TrainingRows rows;
        private final transient Design design;
        private final transient Standard standard;
        private final double penalty;
        private final double total;
        private final int groups;
        private final int stride;

        Objective(TrainingRows rows, Design design, Standard standard, double l2) {
            this.rows = rows;
            this.design = design;
            this.standard = standard;
            this.total =
                    IntStream.range(0, rows.size()).mapToDouble(rows::weight).sum();
            this.penalty = l2 / total;
            this.groups = rows.classes() == 2 ? 1 : rows.classes();
            this.stride = design.width() + 1;
        }

        double[] weights(double[] all, int group) {
            return java.util.Arrays.copyOfRange(all, group * stride, (group + 1) * stride);
        }

        @Override
        public double f(double[] weights) {
            return g(weights, new double[weights.length]);
        }

        @Override
        public double g(double[] weights, double[] gradient) {
            double[][] plain = IntStream.range(0, groups)
                    .mapToObj(group -> standard.unfolded(weights(weights, group), weights[group * stride + stride - 1]))
                    .toArray(double[][]::new);
            int chunks = (rows.size() + CHUNK - 1) / CHUNK;
            double[][] parts = IntStream.range(0, chunks)
                    .parallel()
                    .mapToObj(chunk -> part(plain, chunk * CHUNK, Math.min(rows.size(), (chunk + 1) * CHUNK)))
                    .toArray(double[][]::new);
            double[] sums = new double[weights.length + 1];
            for (double[] part : parts) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += part[i];
                }
            }
            double loss = sums[weights.length] / total;
            for (int group = 0; group < groups; group++) {
                int from = group * stride;
                double errors = sums[from + design.width()];
                gradient[from + design.width()] = errors / total;
                for (int at = 0; at < design.width(); at++) {
                    double slope = (sums[from + at] - standard.means()[at] * errors) * standard.inverse()[at] / total;
                    gradient[from + at] = slope + penalty * weights[from + at];
                    loss += 0.5 * penalty * weights[from + at] * weights[from + at];
                }
            }
            return loss;
        }

        /** Sums of errors by column and group, and last the loss, of some rows. */
        private double[] part(double[][] plain, int from, int to) {
            double[] sums = new double[groups * stride + 1];
            double[] errors = new double[groups];
            for (int row = from; row < to; row++) {
                double weight = rows.weight(row);
                for (int group = 0; group < groups; group++) {
                    errors[group] = sum(plain[group], row);
                }
                sums[groups * stride] += weight * (groups == 1 ? binary(errors, row) : softmax(errors, row));
                for (int group = 0; group < groups; group++) {
                    double error = weight * errors[group];
                    int start = group * stride;
                    for (int input = 0; input < rows.columns().length; input++) {
                        float cell = rows.columns()[input][row];
                        sums[start + design.column(input, cell)] += error * design.value(input, cell);
                    }
                    sums[start + design.width()] += error;
                }
            }
            return sums;
        }

        private double sum(double[] plain, int row) {
            double sum = plain[design.width()];
            for (int input = 0; input < rows.columns().length; input++) {
                float cell = rows.columns()[input][row];
                sum += plain[design.column(input, cell)] * design.value(input, cell);
            }
            return sum;
        }

        /** Turns log odds into the error of the probability; the loss of the row. */
        private double binary(double[] sums, int row) {
            double odds = rows.codes()[row] == 1 ? sums[0] : -sums[0];
            double wrong = 1 / (1 + StrictMath.exp(odds));
            sums[0] = rows.codes()[row] == 1 ? -wrong : wrong;
            return odds > 0 ? StrictMath.log1p(StrictMath.exp(-odds)) : StrictMath.log1p(StrictMath.exp(odds)) - odds;
        }

        private double softmax(double[] sums, int row) {
            double max = java.util.Arrays.stream(sums).max().orElseThrow();
            double total = 0;
            double real = sums[rows.codes()[row]];
            for (int c = 0; c < sums.length; c++) {
                sums[c] = StrictMath.exp(sums[c] - max);
                total += sums[c];
            }
            for (int c = 0; c < sums.length; c++) {
                sums[c] = sums[c] / total - (rows.codes()[row] == c ? 1 : 0);
            }
            return StrictMath.log(total) + max - real;
        }
    }
}
