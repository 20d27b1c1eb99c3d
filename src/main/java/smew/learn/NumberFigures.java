package smew.learn;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of predicted numbers. */
record NumberFigures(double[] truth, double[] predicted) implements Figures {

    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public Map<String, Double> of(int[] counts) {
        double all = 0;
        double sum = 0;
        for (int row = 0; row < counts.length; row++) {
            all += counts[row];
            sum += counts[row] * truth[row];
        }
        double mean = sum / all;
        double squares = 0;
        double absolute = 0;
        double relative = 0;
        double variation = 0;
        for (int row = 0; row < counts.length; row++) {
            double error = predicted[row] - truth[row];
            squares += counts[row] * error * error;
            absolute += counts[row] * Math.abs(error);
            relative += counts[row] * Math.abs(error) / Math.max(Math.abs(truth[row]), Math.ulp(1.0));
            variation += counts[row] * (truth[row] - mean) * (truth[row] - mean);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        Figures.put(figures, "rmse", Math.sqrt(squares / all));
        Figures.put(figures, "mae", absolute / all);
        if (variation > 0) {
            Figures.put(figures, "r2", 1 - squares / variation);
        }
        Figures.put(figures, "mape", relative / all);
        return figures;
    }
}
