package smew.learn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Figures of predicted probabilities, defined as in scikit-learn. A figure that is undefined is left out. */
final class ClassificationMetrics {

    private ClassificationMetrics() {}

    /**
     * Computes all figures.
     *
     * @param truth class of each row
     * @param probabilities by class, then row
     * @param positive the positive class of two, or -1
     */
    static Map<String, Double> of(int[] truth, double[][] probabilities, int positive) {
        int[] predicted = predicted(probabilities);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(
                "accuracy",
                IntStream.range(0, truth.length)
                                .filter(r -> truth[r] == predicted[r])
                                .count()
                        / (double) truth.length);
        put(
                figures,
                "auc",
                positive >= 0 ? auc(truth, probabilities[positive], positive) : macroAuc(truth, probabilities));
        figures.put("log_loss", logLoss(truth, probabilities));
        figures.put("brier", brier(truth, probabilities, positive));
        if (positive >= 0) {
            double hits = count(truth, predicted, positive, positive);
            double called = hits + count(truth, predicted, 1 - positive, positive);
            double real = hits + count(truth, predicted, positive, 1 - positive);
            figures.put("precision", called == 0 ? 0 : hits / called);
            figures.put("recall", real == 0 ? 0 : hits / real);
            figures.put("f1", called + real == 0 ? 0 : 2 * hits / (called + real));
            figures.put("positive_rate", real / truth.length);
        }
        return figures;
    }

    private static void put(Map<String, Double> figures, String name, double value) {
        if (!Double.isNaN(value)) {
            figures.put(name, value);
        }
    }

    private static long count(int[] truth, int[] predicted, int real, int called) {
        return IntStream.range(0, truth.length)
                .filter(r -> truth[r] == real && predicted[r] == called)
                .count();
    }

    /** The most probable class of each row, the first of several. */
    static int[] predicted(double[][] probabilities) {
        int[] predicted = new int[probabilities[0].length];
        for (int c = 1; c < probabilities.length; c++) {
            for (int r = 0; r < predicted.length; r++) {
                predicted[r] = probabilities[c][r] > probabilities[predicted[r]][r] ? c : predicted[r];
            }
        }
        return predicted;
    }

    /**
     * The chance that a row of the class scores higher than another row, ties counting half (Mann-Whitney by midranks);
     * NaN without rows of both kinds.
     */
    static double auc(int[] truth, double[] scores, int code) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        long real = 0;
        double ranks = 0;
        for (int r = 0; r < truth.length; r++) {
            if (truth[r] == code) {
                real++;
                ranks += (first(sorted, scores[r], false) + first(sorted, scores[r], true) + 1) / 2.0;
            }
        }
        long others = truth.length - real;
        return real == 0 || others == 0 ? Double.NaN : (ranks - real * (real + 1) / 2.0) / ((double) real * others);
    }

    /** How many sorted values are below the value, or not above it. */
    private static int first(double[] sorted, double value, boolean after) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean below = after ? sorted[middle] <= value : sorted[middle] < value;
            low = below ? middle + 1 : low;
            high = below ? high : middle;
        }
        return low;
    }

    /** The mean of each class against all others; NaN where a class has no row. */
    static double macroAuc(int[] truth, double[][] probabilities) {
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            sum += auc(truth, probabilities[c], c);
        }
        return sum / probabilities.length;
    }

    /** The mean of -ln of the true class's probability, which is kept 2^-52 away from 0 and 1. */
    static double logLoss(int[] truth, double[][] probabilities) {
        double clip = Math.ulp(1.0);
        double sum = 0;
        for (int r = 0; r < truth.length; r++) {
            sum -= Math.log(Math.clamp(probabilities[truth[r]][r], clip, 1 - clip));
        }
        return sum / truth.length;
    }

    /** The mean squared error of the positive class's probability; of all classes summed where there are more than two. */
    static double brier(int[] truth, double[][] probabilities, int positive) {
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            for (int r = 0; r < truth.length && (positive < 0 || c == positive); r++) {
                double error = probabilities[c][r] - (truth[r] == c ? 1 : 0);
                sum += error * error;
            }
        }
        return sum / truth.length;
    }
}
