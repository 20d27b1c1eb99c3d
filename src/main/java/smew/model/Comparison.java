package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model that a release would replace, on the same held-out rows.
 *
 * @param release its id
 * @param seen share of the held-out entities that the older model may have learned from, which flatters it; 0 where none
 * @param figures of the older model
 * @param differences this model's figure less the older one's, over the same draws of entities
 */
public record Comparison(String release, double seen, Map<String, Double> figures, Map<String, Interval> differences) {
    public Comparison {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }
}
