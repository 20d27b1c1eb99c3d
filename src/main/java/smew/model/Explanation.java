package smew.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the inputs of one row made up what a model computed for it: the baseline and all amounts add up to the value.
 *
 * @param of the class in the label's own type that is explained: the positive one of two, the predicted one of more; empty for a
 *     regression
 * @param baseline what the model computes where nothing is known of the row
 * @param value what the model computed for the row, before any calibration
 * @param contributions one per input, in the order of the card
 */
public record Explanation(
        Explains explains, Optional<Object> of, double baseline, double value, List<Contribution> contributions) {

    public Explanation {
        contributions = List.copyOf(contributions);
    }

    /**
     * The explanation of an encoded row.
     *
     * @param outcome index of a class; of a regression any
     */
    static Explanation of(Card card, Scorer scorer, double[] row, int outcome) {
        boolean classes = !card.classes().isEmpty();
        double[] amounts = new double[row.length];
        Scorer.Sum sum = scorer.explain(row, classes ? outcome : 0, amounts);
        return new Explanation(
                scorer.explains(),
                classes ? Optional.of(new Outcomes(card).value(outcome)) : Optional.empty(),
                sum.baseline(),
                sum.value(),
                IntStream.range(0, amounts.length)
                        .mapToObj(input ->
                                new Contribution(card.inputs().get(input).name(), amounts[input]))
                        .toList());
    }

    /** What one input adds to the baseline: its Shapley value. */
    public record Contribution(String input, double amount) {}

    /** The number that is explained, which is one that the algorithm adds up, as only sums can be shared out. */
    public enum Explains {
        /** The number that a regression predicts. */
        NUMBER,
        /** The probability of the class. */
        PROBABILITY,
        /** The share of the weighted votes for the class, which is its probability. */
        SHARE,
        /** The natural logarithm of probability / (1 - probability) of the class. */
        LOG_ODDS,
        /** What the class has before all classes are brought to probabilities that sum to 1; only differences between classes count. */
        SCORE;

        /** Of what becomes a number as it is, log odds of the second class, or one sum per class. */
        static Explains ofSum(int outcomes) {
            return outcomes == 1 ? NUMBER : outcomes == 2 ? LOG_ODDS : SCORE;
        }
    }
}
