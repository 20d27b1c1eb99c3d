package smew.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import smew.project.ThresholdRule;

/** Figures of a positive and a negative class. */
final class TwoClassFigures implements Figures {

    private final boolean[] truth;
    private final boolean[] predicted;
    private final double[] losses;
    private final double[] squares;
    private final Ranking ranking;
    private final CalibrationBins bins;
    private final Optional<ThresholdRule.Cost> prices;

    /**
     * Prepares.
     *
     * @param truth whether a row is positive
     * @param probability of being so
     * @param predicted whether it is called so
     * @param prices of wrong calls, where there are any
     */
    TwoClassFigures(boolean[] truth, double[] probability, boolean[] predicted, Optional<ThresholdRule.Cost> prices) {
        this.truth = truth;
        this.predicted = predicted;
        this.prices = prices;
        this.ranking = Ranking.of(probability, truth);
        this.bins = CalibrationBins.of(ranking);
        losses = new double[truth.length];
        squares = new double[truth.length];
        for (int row = 0; row < truth.length; row++) {
            losses[row] = ClassificationMetrics.loss(truth[row] ? probability[row] : 1 - probability[row]);
            double error = probability[row] - (truth[row] ? 1 : 0);
            squares[row] = error * error;
        }
    }

    Ranking ranking() {
        return ranking;
    }

    CalibrationBins bins() {
        return bins;
    }

    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public Map<String, Double> of(int[] counts) {
        double hits = 0;
        double misses = 0;
        double alarms = 0;
        double rest = 0;
        double loss = 0;
        double squared = 0;
        for (int row = 0; row < counts.length; row++) {
            int count = counts[row];
            if (truth[row]) {
                hits += predicted[row] ? count : 0;
                misses += predicted[row] ? 0 : count;
            } else {
                alarms += predicted[row] ? count : 0;
                rest += predicted[row] ? 0 : count;
            }
            loss += count * losses[row];
            squared += count * squares[row];
        }
        double all = hits + misses + alarms + rest;
        Ranking.Areas areas = ranking.areas(counts);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", (hits + rest) / all);
        Figures.put(figures, "auc", areas.auc());
        Figures.put(figures, "pr_auc", areas.precision());
        Figures.put(figures, "gini", 2 * areas.auc() - 1);
        Figures.put(figures, "ks", areas.ks());
        figures.put("log_loss", loss / all);
        figures.put("brier", squared / all);
        figures.put("calibration_error", bins.error(counts));
        figures.put("precision", Figures.share(hits, hits + alarms));
        figures.put("recall", Figures.share(hits, hits + misses));
        figures.put("f1", Figures.share(2 * hits, 2 * hits + misses + alarms));
        if (hits + misses > 0 && alarms + rest > 0) {
            figures.put("balanced_accuracy", (hits / (hits + misses) + rest / (alarms + rest)) / 2);
        }
        double spread = Math.sqrt((hits + alarms) * (hits + misses) * (rest + alarms) * (rest + misses));
        figures.put("mcc", Figures.share(hits * rest - alarms * misses, spread));
        double priced = alarms * prices.map(ThresholdRule.Cost::falsePositive).orElse(0.0)
                + misses * prices.map(ThresholdRule.Cost::falseNegative).orElse(0.0);
        prices.ifPresent(_ -> figures.put("cost", priced / all));
        figures.put("positive_rate", (hits + misses) / all);
        return figures;
    }
}
