package smew.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Figures of more than two classes, or of two of which none is positive. */
final class ManyClassFigures implements Figures {

    private final int[] truth;
    private final int[] predicted;
    private final double[] losses;
    private final double[] squares;
    private final Ranking[] rankings;
    private final CalibrationBins confidence;

    /**
     * Prepares.
     *
     * @param truth class of each row
     * @param probabilities by class, then row
     * @param predicted class of each row
     */
    ManyClassFigures(int[] truth, double[][] probabilities, int[] predicted) {
        this.truth = truth;
        this.predicted = predicted;
        rankings = IntStream.range(0, probabilities.length)
                .mapToObj(code -> Ranking.of(probabilities[code], are(truth, code)))
                .toArray(Ranking[]::new);
        losses = new double[truth.length];
        squares = new double[truth.length];
        double[] told = new double[truth.length];
        boolean[] right = new boolean[truth.length];
        for (int row = 0; row < truth.length; row++) {
            losses[row] = ClassificationMetrics.loss(probabilities[truth[row]][row]);
            for (int code = 0; code < probabilities.length; code++) {
                double error = probabilities[code][row] - (truth[row] == code ? 1 : 0);
                squares[row] += error * error;
            }
            told[row] = probabilities[predicted[row]][row];
            right[row] = predicted[row] == truth[row];
        }
        confidence = CalibrationBins.of(Ranking.of(told, right));
    }

    private static boolean[] are(int[] truth, int code) {
        boolean[] are = new boolean[truth.length];
        for (int row = 0; row < are.length; row++) {
            are[row] = truth[row] == code;
        }
        return are;
    }

    /** Bins of how sure the model is of what it predicts. */
    CalibrationBins confidence() {
        return confidence;
    }

    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public Map<String, Double> of(int[] counts) {
        int classes = rankings.length;
        double[] hits = new double[classes];
        double[] called = new double[classes];
        double[] real = new double[classes];
        double loss = 0;
        double squared = 0;
        double all = 0;
        for (int row = 0; row < counts.length; row++) {
            int count = counts[row];
            real[truth[row]] += count;
            called[predicted[row]] += count;
            hits[truth[row]] += truth[row] == predicted[row] ? count : 0;
            loss += count * losses[row];
            squared += count * squares[row];
            all += count;
        }
        double right = 0;
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        double auc = 0;
        for (int code = 0; code < classes; code++) {
            right += hits[code];
            precision += Figures.share(hits[code], called[code]) / classes;
            recall += Figures.share(hits[code], real[code]) / classes;
            f1 += Figures.share(2 * hits[code], called[code] + real[code]) / classes;
            auc += rankings[code].areas(counts).auc() / classes;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", right / all);
        Figures.put(figures, "auc", auc);
        figures.put("log_loss", loss / all);
        figures.put("brier", squared / all);
        figures.put("calibration_error", confidence.error(counts));
        figures.put("macro_precision", precision);
        figures.put("macro_recall", recall);
        figures.put("macro_f1", f1);
        // Of single labels, micro-averaged precision, recall and F1 are one number, which is the accuracy.
        figures.put("micro_f1", right / all);
        return figures;
    }
}
