package smew.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What leak tests say of a model.
 *
 * @param careless what a protocol would have printed that splits rows and not entities, resamples before the split and lets
 *     the id be an input; empty where that protocol cannot be run
 */
public record Audit(Optional<Careless> careless) {

    /**
     * A score that must not be trusted.
     *
     * @param mistakes what was done wrong, in words
     * @param figures by name
     */
    public record Careless(List<String> mistakes, Map<String, Double> figures) {
        public Careless {
            mistakes = List.copyOf(mistakes);
        }
    }
}
