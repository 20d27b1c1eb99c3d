package smew.bench;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** One figure of several runs, in the order they ran. */
record Series(List<Double> values) {

    Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A series needs one run at least.");
        }
    }

    /** The middle value; of an even number of runs, the mean of the two in the middle. */
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The same runs in another unit. */
    Series map(DoubleUnaryOperator change) {
        return new Series(values.stream().map(change::applyAsDouble).toList());
    }

    /** What a second brings when the values are seconds for so many things. */
    Series rateOf(long things) {
        return map(seconds -> things / seconds);
    }

    boolean isKnown() {
        return values.stream().noneMatch(value -> value.isNaN());
    }
}
