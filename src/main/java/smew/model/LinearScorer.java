package smew.model;

import java.util.Arrays;
import smew.base.Fault;
import smew.base.SmewException;

/** A linear model: a sum for regression, log odds for two classes, softmax for more. */
final class LinearScorer implements Scorer {

    private final Learned.Linear learned;
    private final Design design;
    private final double[][] coefficients;
    /** Of each sum and input, what the input adds at its means. */
    private final double[][] usual;

    /** Of each sum, what it is where every input is at its means. */
    private final double[] baselines;

    private final int inputs;
    private final int outcomes;

    /**
     * Prepares.
     *
     * @throws SmewException DATA where the sums do not fit the card's inputs and classes
     */
    LinearScorer(Card card, Learned.Linear linear) {
        this.learned = linear;
        this.design = new Design(card.inputs());
        this.coefficients = linear.coefficients();
        this.inputs = card.inputs().size();
        this.outcomes = Math.max(1, card.classes().size());
        double[] means = linear.means().orElseGet(() -> design.plain(card.inputs()));
        fits(card.name(), "sums", coefficients.length, outcomes > 2 ? outcomes : 1);
        for (double[] sum : coefficients) {
            fits(card.name(), "coefficients in a sum", sum.length, design.width() + 1);
        }
        fits(card.name(), "means", means.length, design.width());
        this.usual = new double[coefficients.length][inputs];
        this.baselines = new double[coefficients.length];
        for (int sum = 0; sum < coefficients.length; sum++) {
            for (int input = 0; input < inputs; input++) {
                usual[sum][input] = design.usual(input, means, coefficients[sum]);
            }
            baselines[sum] = coefficients[sum][design.width()]
                    + Arrays.stream(usual[sum]).sum();
        }
    }

    Learned.Linear learned() {
        return learned;
    }

    private static void fits(String model, String what, int found, int expected) {
        if (found != expected) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading the coefficients of model " + model + ": there are " + found + " " + what
                            + ", and inputs and classes of its card want " + expected
                            + ". Roll back to another release, or run again.");
        }
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
        int sum = outcomes == 2 ? 0 : outcome;
        double sign = outcomes == 2 && outcome == 0 ? -1 : 1;
        for (int input = 0; input < inputs; input++) {
            amounts[input] = sign * (design.part(input, row[input], coefficients[sum]) - usual[sum][input]);
        }
        return new Sum(sign * baselines[sum], sign * design.sum(row, 0, coefficients[sum]));
    }
}
