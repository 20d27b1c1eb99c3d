package smew.learn;

import java.util.List;
import smew.model.Calibration;
import smew.model.Calibrator;

/**
 * A logistic curve over the log odds of a model's probabilities, fitted by Newton's method (Platt 1999; Lin, Lin and Weng 2007, "A note on
 * Platt's probabilistic outputs for support vector machines"). With Platt's targets: n rows that came true stand for (n + 1) / (n
 * + 2) and not for 1, so that the curve stays finite where rows are separated. It never falls: where the log odds mislead, it is
 * level.
 *
 * @param slope 0 or more
 */
record Platt(double slope, double intercept) {

    private static final int STEPS = 100;
    private static final int HALVINGS = 60;

    /** Of the gradient per row, where the search ends. */
    private static final double NEAR = 1e-13;

    /** Keeps the Hessian from being singular where all log odds are the same. */
    private static final double RIDGE = 1e-12;

    static Calibration.Correction correction(double[] probabilities, boolean[] real) {
        double[] scores = new double[probabilities.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = Calibrator.logOdds(probabilities[row]);
        }
        Platt curve = of(scores, real);
        return new Calibration.Correction(List.of(), List.of(), curve.slope, curve.intercept);
    }

    /**
     * Fits.
     *
     * @param scores of any kind
     * @param real which rows came true
     */
    static Platt of(double[] scores, boolean[] real) {
        double hits = 0;
        for (boolean one : real) {
            hits += one ? 1 : 0;
        }
        double yes = (hits + 1) / (hits + 2);
        double no = 1 / (real.length - hits + 2);
        double[] targets = new double[real.length];
        double mean = 0;
        for (int row = 0; row < targets.length; row++) {
            targets[row] = real[row] ? yes : no;
            mean += targets[row] / targets.length;
        }
        Platt level = new Platt(0, StrictMath.log(mean / (1 - mean)));
        Platt fitted = level.descended(scores, targets);
        return fitted.slope > 0 ? fitted : level;
    }

    private Platt descended(double[] scores, double[] targets) {
        Platt at = this;
        double loss = at.loss(scores, targets);
        for (int step = 0; step < STEPS; step++) {
            double[] slopes = at.derivatives(scores, targets);
            if (Math.abs(slopes[0]) < NEAR && Math.abs(slopes[1]) < NEAR) {
                return at;
            }
            double determinant = slopes[2] * slopes[4] - slopes[3] * slopes[3];
            double x = (slopes[4] * slopes[0] - slopes[3] * slopes[1]) / determinant;
            double y = (slopes[2] * slopes[1] - slopes[3] * slopes[0]) / determinant;
            double length = 1;
            Platt next = new Platt(at.slope - x, at.intercept - y);
            double lower = next.loss(scores, targets);
            for (int half = 0; half < HALVINGS && !(lower <= loss); half++) {
                length /= 2;
                next = new Platt(at.slope - length * x, at.intercept - length * y);
                lower = next.loss(scores, targets);
            }
            if (!(lower <= loss) || next.equals(at)) {
                return at;
            }
            at = next;
            loss = lower;
        }
        return at;
    }

    /** Mean cross entropy. */
    private double loss(double[] scores, double[] targets) {
        double sum = 0;
        for (int row = 0; row < scores.length; row++) {
            double odds = slope * scores[row] + intercept;
            // log(1 + exp(odds)) - target * odds, without overflow.
            sum += Math.max(odds, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(odds))) - targets[row] * odds;
        }
        return sum / scores.length;
    }

    /** Of the mean loss: by slope, by intercept, then the second ones: twice by slope, by both, twice by intercept. */
    private double[] derivatives(double[] scores, double[] targets) {
        double[] sums = {0, 0, RIDGE, 0, RIDGE};
        for (int row = 0; row < scores.length; row++) {
            double p = Calibrator.probability(slope * scores[row] + intercept);
            double error = (p - targets[row]) / scores.length;
            double curvature = p * (1 - p) / scores.length;
            sums[0] += error * scores[row];
            sums[1] += error;
            sums[2] += curvature * scores[row] * scores[row];
            sums[3] += curvature * scores[row];
            sums[4] += curvature;
        }
        return sums;
    }
}
