package smew.learn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import smew.model.Calibration;
import smew.model.Calibration.Method;
import smew.model.Calibrator;
import smew.project.Calibrate;

/** Learns how to correct a model's probabilities, and which way of doing so is the best. */
final class Calibrating {

    /** Parts of the rows, each of which is corrected by what all others say. */
    private static final int FOLDS = 5;

    private Calibrating() {}

    /**
     * Learns.
     *
     * @param asked {@code AUTO}: the least cross-fitted log loss decides, and of equal ones the plainer
     */
    static Calibration of(CalibrationRows rows, Calibrate.Method asked) {
        int[] folds = Folds.parts(rows.alike(), rows.codes(), FOLDS);
        Map<String, Double> losses = new LinkedHashMap<>();
        Method best = Method.NONE;
        double least = Double.POSITIVE_INFINITY;
        for (Method method : List.of(Method.NONE, Method.PLATT, Method.ISOTONIC)) {
            double loss = crossFitted(rows, folds, method);
            losses.put(Chosen.word(method), loss);
            if (loss < least) {
                least = loss;
                best = method;
            }
        }
        Method method = switch (asked) {
            case AUTO -> best;
            case ISOTONIC -> Method.ISOTONIC;
            case PLATT -> Method.PLATT;
            case NONE -> Method.NONE;
        };
        return new Calibration(method, rows.size(), losses, maps(rows, method));
    }

    private static double crossFitted(CalibrationRows rows, int[] folds, Method method) {
        double sum = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int turn = fold;
            CalibrationRows others = rows.pick(IntStream.range(0, folds.length)
                    .filter(r -> folds[r] != turn)
                    .toArray());
            CalibrationRows held = rows.pick(IntStream.range(0, folds.length)
                    .filter(r -> folds[r] == turn)
                    .toArray());
            sum += held.corrected(Calibrator.of(maps(others, method), rows.positive()))
                    .loss();
        }
        return sum / rows.size();
    }

    /** The corrections that the rows ask for. */
    static List<Calibration.Correction> maps(CalibrationRows rows, Method method) {
        if (method == Method.NONE) {
            return List.of();
        }
        int[] classes = rows.positive() >= 0
                ? new int[] {rows.positive()}
                : IntStream.range(0, rows.classes()).toArray();
        return Arrays.stream(classes)
                .parallel()
                .mapToObj(code -> method == Method.PLATT
                        ? Platt.correction(rows.probabilities()[code], rows.are(code))
                        : Isotonic.correction(rows.probabilities()[code], rows.are(code)))
                .toList();
    }
}
