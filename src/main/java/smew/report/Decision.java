package smew.report;

import java.util.List;
import java.util.Optional;
import smew.model.Card;

/**
 * What a model of two classes decided about held-out rows, counted from its confusion matrix.
 *
 * @param hits positive rows called positive
 * @param called rows called positive
 * @param positive rows that are positive
 * @param rows all of them
 */
record Decision(long hits, long called, long positive, long rows) {

    /** The probability that decides where two classes share one and nothing else was chosen. */
    private static final double HALF = 0.5;

    /** Empty where there is no positive class, or nothing was held out. */
    static Optional<Decision> of(Card card) {
        int index = card.positiveIndex();
        List<List<Long>> confusion = card.metrics().confusion();
        if (index < 0 || confusion.isEmpty()) {
            return Optional.empty();
        }
        long rows = confusion.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sum();
        return Optional.of(new Decision(
                confusion.get(index).get(index),
                confusion.stream().mapToLong(row -> row.get(index)).sum(),
                confusion.get(index).stream().mapToLong(Long::longValue).sum(),
                rows));
    }

    /** From which probability on a row is called positive. */
    static double threshold(Card card) {
        return card.threshold().map(chosen -> chosen.value()).orElse(HALF);
    }

    /** How the threshold came about. */
    static String rule(Card card) {
        return card.threshold()
                .map(chosen -> chosen.rule()
                        + (chosen.rows() > 0
                                ? ", chosen on " + Figures.count(chosen.rows(), "row") + " that are not held out"
                                : ", as written"))
                .orElse("the more probable class");
    }

    double calledShare() {
        return share(called, rows);
    }

    double recall() {
        return share(hits, positive);
    }

    double precision() {
        return share(hits, called);
    }

    double falseAlarms() {
        return share(called - hits, rows - positive);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
