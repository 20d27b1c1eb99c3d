package smew.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far two models are apart about one entity. */
public final class Difference {

    private Difference() {}

    /**
     * Of classes, the greatest difference of the probability of any: 0 where both say the same, 1 where each is sure of another one. Of
     * numbers, their difference as a share of the larger one: 0 to 1, and up to 2 where their signs differ.
     *
     * @param card of the model that said it
     */
    public static double between(Card card, Prediction said, Card otherCard, Prediction other) {
        if (card.classes().isEmpty() || otherCard.classes().isEmpty()) {
            return said.value() instanceof Number one && other.value() instanceof Number two
                    ? ofNumbers(one.doubleValue(), two.doubleValue())
                    : 1;
        }
        Set<String> classes = new HashSet<>(card.classes());
        classes.addAll(otherCard.classes());
        return classes.stream()
                .mapToDouble(name -> Math.abs(
                        probability(card.classes(), said, name) - probability(otherCard.classes(), other, name)))
                .max()
                .orElse(0);
    }

    private static double ofNumbers(double one, double two) {
        double larger = Math.max(Math.abs(one), Math.abs(two));
        return larger == 0 ? 0 : Math.abs(one - two) / larger;
    }

    /** A class that a model never saw is one that it never expects. */
    private static double probability(List<String> classes, Prediction said, String name) {
        int index = classes.indexOf(name);
        return index < 0 ? 0 : said.probabilities().get(index);
    }
}
