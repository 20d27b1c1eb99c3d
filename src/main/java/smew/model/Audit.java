package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.project.Leak;

/**
 * What leak tests say of a model's rows.
 *
 * @param leaks what was found, allowed or not
 * @param careless empty where none of the mistakes could be made
 */
public record Audit(List<Leak> leaks, Optional<Careless> careless) {

    public Audit {
        leaks = List.copyOf(leaks);
    }

    /**
     * What careless protocols would have printed of the same algorithm and rows. Nobody must trust it: it stands here so that
     * somebody who was told such a score can see where it came from.
     *
     * @param rows labelled rows that were used, whole entities of all of them
     * @param steps each makes one mistake more than the one before
     */
    public record Careless(long rows, List<Step> steps) {
        public Careless {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("A careless protocol makes one mistake at least.");
            }
        }

        /** Every mistake, in words. */
        public List<String> mistakes() {
            return steps.stream().map(Step::mistake).toList();
        }

        /** What the protocol with all mistakes would have printed. */
        public Map<String, Double> figures() {
            return steps.getLast().figures();
        }
    }

    /**
     * One more mistake.
     *
     * @param mistake in words that follow "because"
     * @param figures by name, with this mistake and all before it
     */
    public record Step(String mistake, Map<String, Double> figures) {
        public Step {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }
    }
}
