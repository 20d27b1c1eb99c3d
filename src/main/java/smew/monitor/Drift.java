package smew.monitor;

import java.util.List;
import java.util.Optional;

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

    /**
     * The features that have drifted, where there are enough rows for a verdict.
     *
     * @param psi above which a feature has
     * @param ks the same; empty: KS does not decide
     */
    public List<String> beyond(double psi, Optional<Double> ks) {
        return decided()
                ? features.stream()
                        .filter(feature -> feature.psi() > psi
                                || ks.flatMap(most -> feature.ks().filter(far -> far > most))
                                        .isPresent())
                        .map(FeatureDrift::feature)
                        .toList()
                : List.of();
    }
}
