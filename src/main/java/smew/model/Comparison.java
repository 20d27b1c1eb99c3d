package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model that a release would replace.
 *
 * @param release its id
 * @param basis on which rows it was compared
 * @param figures of the older model
 * @param differences this model's figure less the older one's, with the interval that holds it in 95 of 100 cases
 */
public record Comparison(String release, Basis basis, Map<String, Double> figures, Map<String, Interval> differences) {

    /** What both models were evaluated on. */
    public enum Basis {
        /** The same rows, of entities that neither learned from: the older one was split by the same rule, share and seed. */
        SAME_ROWS,
        /** The same rows, and the older model may have learned from some, which flatters it: it was split in another way. */
        SEEN_ROWS,
        /** Each on its own held-out rows, which the same rule chose: the older model reads columns that these rows lack. */
        OWN_ROWS
    }

    public Comparison {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }
}
