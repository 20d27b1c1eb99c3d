package smew.learn;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import smew.project.ThresholdRule;

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
        return figures(truth, probabilities, positive, predicted(probabilities), Optional.empty())
                .once();
    }

    /**
     * The same, prepared to be computed many times.
     *
     * @param predicted class of each row
     * @param prices of wrong calls between two classes
     */
    static Figures figures(
            int[] truth, double[][] probabilities, int positive, int[] predicted, Optional<ThresholdRule.Cost> prices) {
        return positive >= 0
                ? new TwoClassFigures(are(truth, positive), probabilities[positive], are(predicted, positive), prices)
                : new ManyClassFigures(truth, probabilities, predicted);
    }

    private static boolean[] are(int[] codes, int code) {
        boolean[] are = new boolean[codes.length];
        for (int row = 0; row < are.length; row++) {
            are[row] = codes[row] == code;
        }
        return are;
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

    /** The AUC of a class against all others, for any scores; NaN without rows of both kinds. */
    static double auc(int[] truth, double[] scores, int code) {
        int[] once = new int[truth.length];
        Arrays.fill(once, 1);
        return Ranking.of(scores, are(truth, code)).areas(once).auc();
    }

    /** -ln of a probability, which is kept 2^-52 away from 0 and 1. */
    static double loss(double probability) {
        double clip = Math.ulp(1.0);
        return -Math.log(Math.clamp(probability, clip, 1 - clip));
    }
}
