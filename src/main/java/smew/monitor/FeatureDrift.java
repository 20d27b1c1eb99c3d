package smew.monitor;

import java.util.Optional;
import smew.model.Card;
import smew.model.Distribution;

/**
 * How far the values of one input are from those that the model was learned from.
 *
 * @param feature name of the input, or {@link #SCORE}
 * @param psi population stability index, over the places of the card's distribution, that without a value among them: the sum of
 *     (now - then) ln(now / then), shares below 1 in 10,000 taken as that; 0 for the same
 * @param ks the greatest distance between the two distribution functions (Kolmogorov and Smirnov), seen at the edges of the card's
 *     ranges and so at most one range's share below the true one, of rows with a value; empty for a category, which has no order, and where there is no such row
 * @param nullsThen share of training rows without a value
 * @param nullsNow the same of the rows compared
 */
public record FeatureDrift(String feature, double psi, Optional<Double> ks, double nullsThen, double nullsNow) {

    /** What the model says, beside what it reads. */
    public static final String SCORE = "(score)";

    private static final double LEAST_SHARE = 1e-4;

    /**
     * Compares.
     *
     * @param counts of rows in each place of the distribution
     */
    static FeatureDrift of(Distribution then, long[] counts) {
        Distribution now = then.counted(counts);
        double psi = 0;
        for (int place = 0; place < then.size(); place++) {
            double before = Math.max(LEAST_SHARE, then.shares().get(place));
            double after = Math.max(LEAST_SHARE, now.shares().get(place));
            psi += (after - before) * Math.log(after / before);
        }
        return new FeatureDrift(then.name(), psi, ks(then, now), then.nulls(), now.nulls());
    }

    private static Optional<Double> ks(Distribution then, Distribution now) {
        if (then.type() == Card.Type.CATEGORY || valued(then) <= 0 || valued(now) <= 0) {
            return Optional.empty();
        }
        double before = 0;
        double after = 0;
        double greatest = 0;
        for (int place = 0; place < then.edges().size(); place++) {
            before += then.shares().get(place) / valued(then);
            after += now.shares().get(place) / valued(now);
            greatest = Math.max(greatest, Math.abs(after - before));
        }
        return Optional.of(greatest);
    }

    /** The share of rows with a value, summed: what is left of 1 may not be 0 where none has one. */
    private static double valued(Distribution of) {
        return of.shares().stream()
                .limit(of.size() - 1L)
                .mapToDouble(share -> share)
                .sum();
    }

    /** The same under another name. */
    FeatureDrift named(String name) {
        return new FeatureDrift(name, psi, ks, nullsThen, nullsNow);
    }
}
