package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import smew.project.Basis;

/**
 * The model that a release would replace.
 *
 * @param release its id
 * @param basis on which rows it was compared
 * @param figures of the older model
 * @param differences this model's figure less the older one's, with the interval that holds it in 95 of 100 cases
 */
public record Comparison(String release, Basis basis, Map<String, Double> figures, Map<String, Interval> differences) {

    public Comparison {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }
}
