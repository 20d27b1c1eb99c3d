package smew.model;

import java.util.List;
import java.util.Optional;

/**
 * What the rows looked like that a model was learned from: what is served later is compared with it.
 *
 * @param rows learned from
 * @param inputs in the order of the card, over these rows
 * @param score what the model says on held-out rows: the probability of the positive class of two, or a number; empty where there are
 *     more classes
 */
public record TrainingStatistics(long rows, List<Distribution> inputs, Optional<Distribution> score) {
    public TrainingStatistics {
        inputs = List.copyOf(inputs);
    }
}
