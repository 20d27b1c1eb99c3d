package smew.learn;

import smew.model.Design;

/**
 * Means and scales of the columns that a linear model sees, so that one penalty fits all inputs, whatever their units.
 *
 * @param means of each column over the rows, by weight
 * @param inverse 1 / standard deviation; 0 for a column that does not vary, which gets no weight
 */
record Standard(double[] means, double[] inverse) {

    static Standard of(TrainingRows rows, Design design) {
        int width = design.width();
        double[] means = new double[width];
        double[] inverse = new double[width];
        double total = 0;
        for (int row = 0; row < rows.size(); row++) {
            total += rows.weight(row);
        }
        for (int input = 0; input < rows.columns().length; input++) {
            float[] column = rows.columns()[input];
            for (int row = 0; row < column.length; row++) {
                means[design.column(input, column[row])] += rows.weight(row) * design.value(input, column[row]) / total;
            }
        }
        for (int input = 0; input < rows.columns().length; input++) {
            float[] column = rows.columns()[input];
            for (int row = 0; row < column.length; row++) {
                int at = design.column(input, column[row]);
                double value = design.value(input, column[row]);
                double apart = value - means[at];
                // A level's column holds 0 in all other rows: their part is (0 - mean)² each, added below.
                inverse[at] += rows.weight(row) * (apart * apart - (design.isLevel(at) ? means[at] * means[at] : 0));
            }
        }
        for (int at = 0; at < width; at++) {
            double variance = inverse[at] / total + (design.isLevel(at) ? means[at] * means[at] : 0);
            inverse[at] = variance > 1e-12 * means[at] * means[at] ? 1 / Math.sqrt(variance) : 0;
        }
        return new Standard(means, inverse);
    }

    /** Weights of standardised columns as weights of the plain ones, the intercept being the last. */
    double[] unfolded(double[] weights, double intercept) {
        double[] plain = new double[means.length + 1];
        plain[means.length] = intercept;
        for (int at = 0; at < means.length; at++) {
            plain[at] = weights[at] * inverse[at];
            plain[means.length] -= plain[at] * means[at];
        }
        return plain;
    }

    /** How much each input moves the sum: the absolute weights of its standardised columns. */
    static void addImportance(double[] weights, Design design, double[] importance) {
        for (int at = 0; at < design.width(); at++) {
            importance[design.input(at)] += Math.abs(weights[at]);
        }
    }
}
