package smew.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of one row.
 *
 * @param value the outcome in the label's own type: a {@link Long}, {@link Double}, {@link Boolean} or {@link String}
 * @param probability of the positive class where there are two classes, of the predicted class where there are more, null for regression
 * @param probabilities one per class in the order of {@link Card#classes()}; empty for regression
 */
public record Prediction(Object value, @Nullable Double probability, List<Double> probabilities) {}
