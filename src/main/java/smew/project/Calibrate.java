package smew.project;

import java.util.List;
import java.util.Optional;

/**
 * How the probabilities of a model are to be corrected, as {@code @calibrate} has it.
 *
 * @param fraction of the rows that are not held out, set aside for calibration and threshold; empty: 0.2
 */
public record Calibrate(Method method, Optional<Double> fraction) {

    private static final double DEFAULT_FRACTION = 0.2;

    /** Ways to correct, and which of them is taken. */
    public enum Method {
        NONE,
        /** The one of the least log loss on the rows set aside; none where the model's own probabilities have it, or rows are too few. */
        AUTO,
        ISOTONIC,
        PLATT
    }

    /** The fraction that was written, or else the default. */
    public double share() {
        return fraction.orElse(DEFAULT_FRACTION);
    }

    /** Whether rows are set aside though no probability is corrected on them. */
    boolean onlySetsAside() {
        return method == Method.NONE && fraction.isPresent();
    }

    /** As written in directives. */
    public String text() {
        return DirectiveValue.word(method) + fraction.map(share -> " " + share).orElse("");
    }

    /** Reads what stands behind the key. */
    static Calibrate of(String value) {
        List<String> words = List.of(value.split("\\s+"));
        if (words.size() > 2) {
            throw new IllegalArgumentException("one or two words are expected, not " + words.size());
        }
        return new Calibrate(
                DirectiveValue.choice(Method.class, words.getFirst()),
                words.size() == 1 ? Optional.empty() : Optional.of(DirectiveValue.fraction(words.get(1))));
    }
}
