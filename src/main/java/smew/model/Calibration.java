package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the probabilities of a model are corrected, learned on rows that neither training nor evaluation saw.
 *
 * @param method the one of the least log loss across those rows
 * @param rows learned from
 * @param logLoss by method, cross-fitted on the rows learned from; {@code none} among them
 * @param maps one for two classes (of the positive class), else one per class, whose results are scaled to sum to 1
 */
public record Calibration(Method method, long rows, Map<String, Double> logLoss, List<Correction> maps) {
    public Calibration {
        logLoss = Collections.unmodifiableMap(new LinkedHashMap<>(logLoss));
        maps = List.copyOf(maps);
    }

    /** How probabilities are corrected. */
    public enum Method {
        /** A non-decreasing curve (Zadrozny and Elkan 2002), linear between its points. */
        ISOTONIC,
        /** A logistic curve over the log odds (Platt 1999). */
        PLATT
    }

    /**
     * From a probability to a corrected one.
     *
     * @param from rising; the points of an isotonic curve, empty for Platt's
     * @param to as many, not falling
     * @param slope of Platt's curve over the log odds; 0 for an isotonic one
     * @param intercept of Platt's curve; 0 for an isotonic one
     */
    public record Correction(List<Double> from, List<Double> to, double slope, double intercept) {
        public Correction {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }
}
