package smew.learn;

import java.util.Arrays;
import java.util.Map;
import smew.model.Predictor;
import smew.project.Relation;

/**
 * The figure that a search goes by. Log loss for classes and RMSE for numbers: both ask for the very probabilities and numbers that
 * are served, and exist where a part holds one class only. Where {@code @resample} bends probabilities on purpose, log loss
 * would favour whoever heeds it least; there AUC, which only sees the order.
 */
record Measure(String metric, boolean higherIsBetter, Fitting fitting) {

    private static final String AUC = "auc";

    static Measure of(Fitting fitting) {
        return fitting.definition().resample() == Relation.Resample.NONE
                ? defined(fitting)
                : new Measure(AUC, true, fitting);
    }

    /** One that rows of any kind have. */
    static Measure defined(Fitting fitting) {
        return new Measure(fitting.target().classCount() == 0 ? "rmse" : "log_loss", false, fitting);
    }

    /**
     * The figure of a model on labelled rows.
     *
     * @return NaN where it is undefined
     */
    double of(Predictor predictor, int[] labelled) {
        Target target = fitting.target();
        double[][] said = new double[Math.max(1, target.classCount())][labelled.length];
        predictor.score(fitting.table(), fitting.rows(labelled), (index, scores) -> {
            for (int s = 0; s < said.length; s++) {
                said[s][index] = scores[s];
            }
        });
        return figures(said, labelled).getOrDefault(metric, Double.NaN);
    }

    private Map<String, Double> figures(double[][] said, int[] labelled) {
        Target target = fitting.target();
        if (target.classCount() == 0) {
            double[] truth = Arrays.stream(labelled)
                    .mapToDouble(r -> target.numbers()[r])
                    .toArray();
            return new NumberFigures(truth, said[0]).once();
        }
        int positive = target.positive().map(target.classes()::indexOf).orElse(-1);
        int[] truth = Arrays.stream(labelled).map(r -> target.codes()[r]).toArray();
        return ClassificationMetrics.of(truth, said, positive);
    }

    /** Whether rows that lack a class leave the figure undefined, whatever the model. */
    boolean needsEveryClass() {
        return metric.equals(AUC);
    }

    /** How much worse the first is than the second. */
    double worse(double first, double second) {
        return higherIsBetter ? second - first : first - second;
    }
}
