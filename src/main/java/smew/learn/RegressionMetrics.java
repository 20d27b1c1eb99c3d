package smew.learn;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of predicted numbers, defined as in scikit-learn. */
final class RegressionMetrics {

    private RegressionMetrics() {}

    /** {@code rmse}, {@code mae}, {@code r2}; the last is left out where the truth does not vary. */
    static Map<String, Double> of(double[] truth, double[] predicted) {
        double mean = 0;
        for (double value : truth) {
            mean += value / truth.length;
        }
        double squares = 0;
        double absolute = 0;
        double variation = 0;
        for (int r = 0; r < truth.length; r++) {
            double error = predicted[r] - truth[r];
            squares += error * error;
            absolute += Math.abs(error);
            variation += (truth[r] - mean) * (truth[r] - mean);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("rmse", Math.sqrt(squares / truth.length));
        figures.put("mae", absolute / truth.length);
        if (variation > 0) {
            figures.put("r2", 1 - squares / variation);
        }
        return figures;
    }
}
