package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model that a release would replace, on the same held-out rows.
 *
 * @param release its id
 * @param heldOutAlike whether the older model was split by the same rule, share and seed, so that it did not learn from these
 *     entities either; else it may have, which flatters it
 * @param figures of the older model
 * @param differences this model's figure less the older one's, over the same draws of entities
 */
public record Comparison(
        String release, boolean heldOutAlike, Map<String, Double> figures, Map<String, Interval> differences) {
    public Comparison {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }
}
