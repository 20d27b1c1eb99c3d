package smew.monitor;

/**
 * How far a feature's newest predictions are from what a model was learned from.
 *
 * @param feature name of the input, or {@link FeatureDrift#SCORE}
 * @param psi as {@link FeatureDrift#psi}
 */
public record LiveFeature(String model, String feature, double psi) {}
