package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the probabilities of a model are corrected, learned on rows that neither training nor evaluation saw.
 *
 * @param method the one that was asked for, or that of the least log loss on those rows
 * @param rows learned from
 * @param logLoss by method, cross-fitted on the rows learned from; {@code none} among them
 * @param maps none where the model's own probabilities are kept; one for two classes (of the positive class), else one per class,
 *     whose results are scaled to sum to 1
 */
public record Calibration(Method method, long rows, Map<String, Double> logLoss, List<Correction> maps) {
    public Calibration {
        logLoss = Collections.unmodifiableMap(new LinkedHashMap<>(logLoss));
        maps = List.copyOf(maps);
        if ((method == Method.NONE) != maps.isEmpty()) {
            throw new IllegalArgumentException(method + " with " + maps.size() + " corrections");
        }
    }

    /** How probabilities are corrected. */
    public enum Method {
        /** Not at all: the model's own were better than any correction. */
        NONE,
        /** A non-decreasing curve (Zadrozny and Elkan 2002), linear between its points. */
        ISOTONIC,
        /** A logistic curve over the log odds (Platt 1999). */
        PLATT
    }

    /**
     * From a probability to a corrected one, never falling.
     *
     * @param from rising; the points of an isotonic curve, empty for Platt's
     * @param to as many, not falling; below the first point and above the last one the curve is level
     * @param slope of Platt's curve over the log odds, as {@link Calibrator#logOdds} has them; 0 for an isotonic one
     * @param intercept of Platt's curve; 0 for an isotonic one
     */
    public record Correction(List<Double> from, List<Double> to, double slope, double intercept) {
        public Correction {
            from = List.copyOf(from);
            to = List.copyOf(to);
            if (from.size() != to.size()) {
                throw new IllegalArgumentException(from.size() + " points from, " + to.size() + " to");
            }
        }
    }
}
