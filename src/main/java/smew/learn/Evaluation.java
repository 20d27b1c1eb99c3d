package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import smew.columns.Table;
import smew.model.Metrics;
import smew.model.Predictor;

/** Scores held-out rows, as they are, and computes the metrics of a card. */
final class Evaluation {

    private Evaluation() {}

    static Metrics of(Predictor predictor, Table table, Target target, Holdout holdout) {
        return target.classCount() == 0
                ? regression(predictor, table, target, holdout)
                : classification(predictor, table, target, holdout);
    }

    private static int[] rows(Target target, int[] labelled) {
        return Arrays.stream(labelled).map(r -> target.rows()[r]).toArray();
    }

    private static Metrics regression(Predictor predictor, Table table, Target target, Holdout holdout) {
        double[] truth = pick(target.numbers(), holdout.heldOut());
        double[] predicted = new double[truth.length];
        predictor.score(table, rows(target, holdout.heldOut()), (index, scores) -> predicted[index] = scores[0]);
        double[] mean = new double[truth.length];
        Arrays.fill(
                mean,
                Arrays.stream(pick(target.numbers(), holdout.training()))
                        .average()
                        .orElseThrow());
        return Metrics.of(RegressionMetrics.of(truth, predicted), RegressionMetrics.of(truth, mean), List.of());
    }

    private static double[] pick(double[] numbers, int[] labelled) {
        return Arrays.stream(labelled).mapToDouble(r -> numbers[r]).toArray();
    }

    private static Metrics classification(Predictor predictor, Table table, Target target, Holdout holdout) {
        int classes = target.classCount();
        int[] truth =
                Arrays.stream(holdout.heldOut()).map(r -> target.codes()[r]).toArray();
        double[][] columns = new double[classes][truth.length];
        predictor.score(table, rows(target, holdout.heldOut()), (index, scores) -> {
            for (int c = 0; c < classes; c++) {
                columns[c][index] = scores[c];
            }
        });
        int positive = target.positive().map(target.classes()::indexOf).orElse(-1);
        double[] shares = new double[classes];
        for (int r : holdout.training()) {
            shares[target.codes()[r]] += 1.0 / holdout.training().length;
        }
        double[][] prior = new double[classes][truth.length];
        IntStream.range(0, classes).forEach(c -> Arrays.fill(prior[c], shares[c]));
        Map<String, Double> figures = ClassificationMetrics.of(truth, columns, positive);
        Map<String, Double> all = ClassificationMetrics.of(truth, prior, positive);
        Map<String, Double> baseline = new LinkedHashMap<>();
        for (String name : List.of("accuracy", "log_loss", "brier")) {
            baseline.put(name, all.get(name));
        }
        return Metrics.of(figures, baseline, confusion(truth, columns));
    }

    private static List<List<Long>> confusion(int[] truth, double[][] probabilities) {
        long[][] counts = new long[probabilities.length][probabilities.length];
        int[] predicted = ClassificationMetrics.predicted(probabilities);
        for (int r = 0; r < truth.length; r++) {
            counts[truth[r]][predicted[r]]++;
        }
        List<List<Long>> confusion = new ArrayList<>();
        for (long[] row : counts) {
            confusion.add(Arrays.stream(row).boxed().toList());
        }
        return confusion;
    }
}
