package smew.learn;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Threshold;
import smew.project.Directive;
import smew.project.Relation;
import smew.project.ThresholdRule;

/**
 * Chooses from which probability on rows are called positive, among all probabilities that a model says of the rows set aside.
 *
 * <p>Those are the rows that calibration learned from too. It makes the choice no more hopeful than the model's own probabilities
 * would: a curve that never falls keeps the order of rows, and where it makes rows equal, it does so between the corners of the
 * ROC curve's convex hull (Fawcett and Niculescu-Mizil 2007), where F1, Youden's index and cost have their best thresholds anyhow.
 * What is left is the hope of every choice of one number, and held-out rows, which have no part in it, show what it is worth.
 */
final class Thresholding {

    /** Rows called positive at least, for a precision to be more than luck. */
    static final int CALLED = 10;

    /** Where no row is called: more than any probability. */
    private static final double ABOVE_ALL = 2;

    private final List<Cut> cuts;
    private final Relation.Model definition;

    /**
     * Rows called positive from one probability on.
     *
     * @param hits positive rows among them
     * @param alarms negative rows among them
     */
    private record Cut(double probability, double hits, double alarms) {

        double called() {
            return hits + alarms;
        }

        double precision() {
            return hits / called();
        }
    }

    /**
     * Prepares.
     *
     * @param probability of being positive, of each row
     * @param positive whether it is
     */
    Thresholding(Relation.Model definition, double[] probability, boolean[] positive) {
        this.definition = definition;
        this.cuts = new ArrayList<>();
        int[] once = new int[probability.length];
        Arrays.fill(once, 1);
        Ranking.of(probability, positive)
                .walk(once, (score, positives, negatives) -> cuts.add(new Cut(score, positives, negatives)));
    }

    /**
     * Chooses. Of equally good thresholds the highest, which calls the fewest rows.
     *
     * @throws SmewException DATA where a precision is asked for that none reaches
     */
    Threshold by(ThresholdRule rule) {
        double all = cuts.getLast().hits();
        double rest = cuts.getLast().alarms();
        double value = switch (rule) {
            case ThresholdRule.Value written -> written.probability();
            case ThresholdRule.F1 _ -> value(best(cut -> 2 * cut.hits() / (cut.called() + all)));
            case ThresholdRule.Youden _ -> value(best(cut -> cut.hits() / all - cut.alarms() / rest));
            case ThresholdRule.Precision wanted -> value(precise(wanted.target()));
            case ThresholdRule.Recall wanted ->
                value(cuts.stream()
                        .filter(cut -> cut.hits() / all >= wanted.target())
                        .findFirst()
                        .orElseThrow());
            case ThresholdRule.Cost prices -> {
                ToDoubleFunction<Cut> saved =
                        cut -> prices.falseNegative() * cut.hits() - prices.falsePositive() * cut.alarms();
                Cut cheapest = best(saved);
                yield saved.applyAsDouble(cheapest) > 0 ? value(cheapest) : ABOVE_ALL;
            }
        };
        return new Threshold(value, rule.text(), rule.chosen() ? (long) (all + rest) : 0);
    }

    private Cut best(ToDoubleFunction<Cut> good) {
        Cut best = cuts.getFirst();
        for (Cut cut : cuts) {
            best = good.applyAsDouble(cut) > good.applyAsDouble(best) ? cut : best;
        }
        return best;
    }

    private Cut precise(double target) {
        List<Cut> steady = cuts.stream().filter(cut -> cut.called() >= CALLED).toList();
        Optional<Cut> found = Optional.empty();
        Cut nearest = steady.getFirst();
        for (Cut cut : steady) {
            nearest = cut.precision() > nearest.precision() ? cut : nearest;
            if (cut.precision() >= target && found.map(Cut::hits).orElse(-1.0) < cut.hits()) {
                found = Optional.of(cut);
            }
        }
        Cut highest = nearest;
        return found.orElseThrow(() -> new SmewException(
                Fault.DATA,
                String.format(
                        Locale.ROOT,
                        "Choosing the threshold of model %s (%s): no probability from which on %d rows or more are positive"
                                + " has a precision of %s; the highest is %.4g, with a recall of %.4g. Ask for less, or"
                                + " choose by another rule.",
                        definition.name(),
                        definition.file().where(Directive.THRESHOLD),
                        CALLED,
                        target,
                        highest.precision(),
                        highest.hits() / cuts.getLast().hits())));
    }

    /**
     * A number that parts a cut from all rows below it: the shortest one near the middle. Not the probability of the row itself, which another
     * processor's exponential function may put a hair lower.
     */
    private double value(Cut cut) {
        int next = cuts.indexOf(cut) + 1;
        return next == cuts.size() ? 0 : between(cuts.get(next).probability(), cut.probability());
    }

    /** The shortest decimal above the one and not above the other that is nearest to their middle. */
    static double between(double below, double at) {
        BigDecimal middle = new BigDecimal(below).add(new BigDecimal(at)).divide(BigDecimal.TWO, MathContext.UNLIMITED);
        for (int digits = 1; digits < 17; digits++) {
            double rounded = middle.round(new MathContext(digits, RoundingMode.HALF_EVEN))
                    .doubleValue();
            if (rounded > below && rounded <= at) {
                return rounded;
            }
        }
        return at;
    }
}
