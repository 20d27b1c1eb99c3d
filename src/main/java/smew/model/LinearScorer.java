package smew.model;

/** A linear model: a sum for regression, log odds for two classes, softmax for more. */
final class LinearScorer implements Scorer {

    private final Design design;
    private final double[][] coefficients;
    private final boolean classes;

    LinearScorer(Design design, double[][] coefficients, boolean classes) {
        this.design = design;
        this.coefficients = coefficients;
        this.classes = classes;
    }

    @Override
    public void score(double[] row, double[] out) {
        if (!classes) {
            out[0] = design.sum(row, coefficients[0]);
        } else if (out.length == 2) {
            Probability.binary(design.sum(row, coefficients[0]), out);
        } else {
            for (int c = 0; c < coefficients.length; c++) {
                out[c] = design.sum(row, coefficients[c]);
            }
            Probability.softmax(out);
        }
    }
}
