package smew.model;

import java.util.Comparator;
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

    /** The places of the inputs that count most, the strongest first; an input that adds nothing is none of them. */
    public int[] strongest(int most) {
        return strongest(
                contributions.stream().mapToDouble(Contribution::amount).toArray(), most);
    }

    /** The same of amounts by themselves. Of two that are as strong, the first of the card comes first. */
    static int[] strongest(double[] amounts, int most) {
        return IntStream.range(0, amounts.length)
                .filter(input -> amounts[input] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(input -> -Math.abs(amounts[input])))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Hears of one row why the model says what it says; called from several threads, once per row. The array is reused. */
    @FunctionalInterface
    interface Target {

        /**
         * Takes an explanation.
         *
         * @param index of the row among those asked for
         * @param outcome index of the class that is explained; of a regression 0
         * @param amounts what each input adds to the baseline
         */
        void of(int index, int outcome, Scorer.Sum sum, double[] amounts);
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
