package smew.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From which probability on a row is called positive, or by which rule that probability is chosen: {@code @threshold}. */
public sealed interface ThresholdRule {

    /** As written in directives. */
    String text();

    /** Whether rows are needed to choose. */
    default boolean chosen() {
        return switch (this) {
            case Value _ -> false;
            case F1 _, Youden _, Precision _, Recall _, Cost _ -> true;
        };
    }

    /** The probability itself, above 0 and below 1. */
    record Value(double probability) implements ThresholdRule {
        @Override
        public String text() {
            return plain(probability);
        }
    }

    /** The greatest F1. */
    record F1() implements ThresholdRule {
        @Override
        public String text() {
            return "f1";
        }
    }

    /** The greatest difference between the shares of positive and of negative rows called positive (Youden 1950). */
    record Youden() implements ThresholdRule {
        @Override
        public String text() {
            return "youden";
        }
    }

    /** As many positive rows as can be found at this precision or more. */
    record Precision(double target) implements ThresholdRule {
        @Override
        public String text() {
            return "precision " + plain(target);
        }
    }

    /** As few calls as reach this recall. */
    record Recall(double target) implements ThresholdRule {
        @Override
        public String text() {
            return "recall " + plain(target);
        }
    }

    /**
     * The least cost of wrong calls.
     *
     * @param falsePositive what it costs to call a negative row positive
     * @param falseNegative what it costs to call a positive row negative
     */
    record Cost(double falsePositive, double falseNegative) implements ThresholdRule {
        @Override
        public String text() {
            return "cost fp=" + plain(falsePositive) + " fn=" + plain(falseNegative);
        }
    }

    /** Reads what stands behind the key. */
    static ThresholdRule of(String value) {
        List<String> words = List.of(value.split("\\s+"));
        String rule = words.getFirst();
        return switch (rule) {
            case "f1" -> alone(words, new F1());
            case "youden" -> alone(words, new Youden());
            case "precision" -> new Precision(target(words));
            case "recall" -> new Recall(target(words));
            case "cost" -> cost(words.subList(1, words.size()));
            default -> alone(words, new Value(probability(rule)));
        };
    }

    private static ThresholdRule alone(List<String> words, ThresholdRule rule) {
        if (words.size() > 1) {
            throw new IllegalArgumentException("nothing may follow " + words.getFirst());
        }
        return rule;
    }

    private static double probability(String word) {
        List<String> rules = List.of("f1", "youden", "precision", "recall", "cost");
        if (Character.isLetter(word.charAt(0))) {
            throw new IllegalArgumentException("'" + word + "' is no number and none of " + String.join(", ", rules)
                    + DirectiveValue.near(word, rules));
        }
        double probability = DirectiveValue.number(word);
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("the probability " + word + " is not above 0 and below 1");
        }
        return probability;
    }

    private static double target(List<String> words) {
        if (words.size() != 2) {
            throw new IllegalArgumentException("one number is expected behind " + words.getFirst());
        }
        double target = DirectiveValue.number(words.get(1));
        if (!(target > 0 && target <= 1)) {
            throw new IllegalArgumentException(
                    "the " + words.getFirst() + " " + words.get(1) + " is not above 0 and at most 1");
        }
        return target;
    }

    private static ThresholdRule cost(List<String> words) {
        Map<String, Double> prices = new LinkedHashMap<>();
        for (String word : words) {
            int sign = word.indexOf('=');
            String key = sign < 0 ? word : word.substring(0, sign);
            if (sign < 0 || !List.of("fp", "fn").contains(key)) {
                throw new IllegalArgumentException("'" + word + "' is neither fp=COST nor fn=COST");
            }
            double price = DirectiveValue.number(word.substring(sign + 1));
            if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the cost " + word + " is not above 0");
            }
            if (prices.put(key, price) != null) {
                throw new IllegalArgumentException(key + " is given twice");
            }
        }
        Double falsePositive = prices.get("fp");
        Double falseNegative = prices.get("fn");
        if (falsePositive == null || falseNegative == null) {
            throw new IllegalArgumentException((falsePositive == null ? "fp" : "fn") + " is missing");
        }
        return new Cost(falsePositive, falseNegative);
    }

    /** Whole numbers without a point, as people write them. */
    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
