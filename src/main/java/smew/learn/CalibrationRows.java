package smew.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import smew.model.Calibrator;
import smew.model.Predictor;

/**
 * What a model says of the rows set aside, and what is true.
 *
 * @param probabilities by class, then row
 * @param codes the class of each row
 * @param alike a number per row; rows of one are alike, as those of one entity
 * @param positive the positive class of two, or -1
 */
record CalibrationRows(double[][] probabilities, int[] codes, long[] alike, int positive) {

    static CalibrationRows of(Fitting fitting, Holdout holdout, Predictor predictor) {
        int[] labelled = holdout.calibration();
        Target target = fitting.target();
        double[][] probabilities = new double[target.classCount()][labelled.length];
        predictor.score(fitting.table(), fitting.rows(labelled), (index, row) -> {
            for (int c = 0; c < probabilities.length; c++) {
                probabilities[c][index] = row[c];
            }
        });
        long[] alike = SettingAside.alike(fitting);
        return new CalibrationRows(
                probabilities,
                Arrays.stream(labelled).map(row -> target.codes()[row]).toArray(),
                Arrays.stream(labelled).mapToLong(row -> alike[row]).toArray(),
                target.positive().map(target.classes()::indexOf).orElse(-1));
    }

    int size() {
        return codes.length;
    }

    int classes() {
        return probabilities.length;
    }

    /** Which rows are of a class. */
    boolean[] are(int code) {
        boolean[] are = new boolean[codes.length];
        for (int row = 0; row < are.length; row++) {
            are[row] = codes[row] == code;
        }
        return are;
    }

    CalibrationRows pick(int[] rows) {
        return new CalibrationRows(
                Arrays.stream(probabilities)
                        .map(of ->
                                Arrays.stream(rows).mapToDouble(row -> of[row]).toArray())
                        .toArray(double[][]::new),
                Arrays.stream(rows).map(row -> codes[row]).toArray(),
                Arrays.stream(rows).mapToLong(row -> alike[row]).toArray(),
                positive);
    }

    /** The same with corrected probabilities. */
    CalibrationRows corrected(Calibrator calibrator) {
        double[][] corrected = new double[classes()][size()];
        double[] row = new double[classes()];
        for (int r = 0; r < size(); r++) {
            for (int c = 0; c < row.length; c++) {
                row[c] = probabilities[c][r];
            }
            calibrator.correct(row);
            for (int c = 0; c < row.length; c++) {
                corrected[c][r] = row[c];
            }
        }
        return new CalibrationRows(corrected, codes, alike, positive);
    }

    /** The log loss of all rows, added up. */
    double loss() {
        return IntStream.range(0, size())
                .mapToDouble(row -> ClassificationMetrics.loss(probabilities[codes[row]][row]))
                .reduce(0, Double::sum);
    }
}
