package smew.model;

import java.util.Arrays;

/** A linear model: a sum for regression, log odds for two classes, softmax for more. */
final class LinearScorer implements Scorer {

    private final Design design;
    private final double[][] coefficients;
    private final double[] means;
    private final int inputs;
    private final int outcomes;

    LinearScorer(Card card, Learned.Linear linear) {
        this.design = new Design(card.inputs());
        this.coefficients = linear.coefficients();
        this.means = linear.means().orElseGet(() -> design.plain(card.inputs()));
        this.inputs = card.inputs().size();
        this.outcomes = Math.max(1, card.classes().size());
    }

    @Override
    public void score(double[] rows, int count, Predictor.Scores target) {
        double[] out = new double[outcomes];
        for (int row = 0; row < count; row++) {
            int from = row * inputs;
            if (outcomes == 1) {
                out[0] = design.sum(rows, from, coefficients[0]);
            } else if (outcomes == 2) {
                Probability.binary(design.sum(rows, from, coefficients[0]), out);
            } else {
                for (int c = 0; c < coefficients.length; c++) {
                    out[c] = design.sum(rows, from, coefficients[c]);
                }
                Probability.softmax(out);
            }
            target.of(row, out);
        }
    }

    @Override
    public Explanation.Explains explains() {
        return Explanation.Explains.ofSum(outcomes);
    }

    /** A sum of inputs that do not touch each other: each contributes by how far it lies from its mean. */
    @Override
    public Sum explain(double[] row, int outcome, double[] amounts) {
        double[] weights = coefficients[outcomes == 2 ? 0 : outcome];
        double sign = outcomes == 2 && outcome == 0 ? -1 : 1;
        Arrays.fill(amounts, 0);
        double baseline = weights[design.width()];
        for (int column = 0; column < design.width(); column++) {
            double usual = weights[column] * means[column];
            baseline += usual;
            amounts[design.input(column)] -= sign * usual;
        }
        for (int input = 0; input < row.length; input++) {
            amounts[input] += sign * weights[design.column(input, row[input])] * design.value(input, row[input]);
        }
        return new Sum(sign * baseline, sign * design.sum(row, 0, weights));
    }
}
