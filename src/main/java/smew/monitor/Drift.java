package smew.monitor;

import java.util.List;

/**
 * How far rows of a model are from those that it was learned from.
 *
 * @param release whose card they are compared with
 * @param of what was compared: {@code online rows} or {@code predictions}
 * @param rows how many were compared
 * @param trainingRows how many the model was learned from
 * @param features by falling PSI; {@link FeatureDrift#SCORE} among them where the card has it
 */
public record Drift(
        String model, String release, String of, long rows, long trainingRows, List<FeatureDrift> features) {

    /** Below so many rows, chance alone makes a PSI that looks like drift. */
    public static final int LEAST_ROWS = 100;

    public Drift {
        features = List.copyOf(features);
    }

    /** Whether there are enough rows for a verdict. */
    public boolean decided() {
        return rows >= LEAST_ROWS;
    }

    /** The features whose PSI is above a threshold, where there are enough rows for a verdict. */
    public List<FeatureDrift> above(double threshold) {
        return decided()
                ? features.stream()
                        .filter(feature -> feature.psi() > threshold)
                        .toList()
                : List.of();
    }
}
