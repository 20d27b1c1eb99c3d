package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the figures of a card can be trusted.
 *
 * @param resamples how often the held-out entities were drawn anew, with replacement (Efron 1979)
 * @param entities how many held-out entities there are; rows, where nothing names an entity
 * @param intervals by figure
 * @param crossValidation empty where it was not asked for
 */
public record Uncertainty(
        int resamples, long entities, Map<String, Interval> intervals, Optional<CrossValidation> crossValidation) {
    public Uncertainty {
        intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
    }

    /**
     * The figures of models that were fitted on all folds but one and evaluated on that one, by the rule of the split.
     *
     * @param mean over the folds, by figure
     * @param standardError of the mean
     */
    public record CrossValidation(int folds, Map<String, Double> mean, Map<String, Double> standardError) {
        public CrossValidation {
            mean = Collections.unmodifiableMap(new LinkedHashMap<>(mean));
            standardError = Collections.unmodifiableMap(new LinkedHashMap<>(standardError));
        }
    }
}
