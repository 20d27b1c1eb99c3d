package smew.learn;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import smew.model.Card;
import smew.project.Relation;

/**
 * Rows of their own for calibration and threshold, out of those to learn from, by the rule of the split: whole entities, the latest
 * rows, or rows of each class; where the held-out rows came as a set of their own, whole entities if one has several rows. Held-out
 * rows stay as they are, so that models with and without calibration can be compared.
 *
 * <p>Not cross-fitted, as scikit-learn's CalibratedClassifierCV does by default: that costs a fit per fold, and a curve learned
 * from the models of the folds belongs to none that is served.
 */
final class SettingAside {

    /** Of each class; of fewer, the ends of a curve and a share of called rows say little. */
    static final int LEAST = 30;

    private final Fitting fitting;

    SettingAside(Fitting fitting) {
        this.fitting = fitting;
    }

    /**
     * Sets aside.
     *
     * @param fraction of the training rows
     */
    Holdout of(Holdout holdout, double fraction) {
        Relation.Model definition = fitting.definition();
        Target target = fitting.target();
        boolean[] aside = new boolean[target.rows().length];
        boolean[] training = new boolean[aside.length];
        for (int row : holdout.training()) {
            training[row] = true;
        }
        IntPredicate learned = row -> training[row];
        if (together(holdout.split().by())) {
            Holdout.hold(
                    aside, Holdout.entityKeys(definition, fitting.table(), target, fitting.seed()), fraction, learned);
        } else if (holdout.split().by() == Card.SplitBy.TIME) {
            Holdout.hold(aside, Holdout.timeKeys(definition, fitting.table(), target.rows()), fraction, learned);
        } else {
            Holdout.holdOfEachClass(aside, target, fitting.seed(), fraction, learned);
        }
        return new Holdout(
                holdout.split(),
                Arrays.stream(holdout.training()).filter(row -> !aside[row]).toArray(),
                Arrays.stream(holdout.training()).filter(row -> aside[row]).toArray(),
                holdout.heldOut());
    }

    private boolean together(Card.SplitBy by) {
        return switch (by) {
            case ENTITY -> true;
            case TIME, RANDOM -> false;
            case GIVEN -> Holdout.repeats(fitting.definition(), fitting.table(), fitting.target(), fitting.seed());
        };
    }

    /** The entity of each labelled row as a number, or the row itself where nothing names one: what is alike, and counts once. */
    static long[] alike(Fitting fitting) {
        return fitting.definition().entity().isEmpty()
                ? LongStream.range(0, fitting.target().rows().length).toArray()
                : Holdout.entityKeys(fitting.definition(), fitting.table(), fitting.target(), fitting.seed());
    }

    /** Why nothing can be learned from the rows set aside, as a clause; empty where it can. */
    Optional<String> tooFew(Holdout holdout) {
        Target target = fitting.target();
        long[] alike = alike(fitting);
        String unit = fitting.definition().entity().isEmpty() ? "rows" : "entities";
        for (int c = 0; c < target.classCount(); c++) {
            Set<Long> found = new HashSet<>();
            for (int row : holdout.calibration()) {
                if (target.codes()[row] == c) {
                    found.add(alike[row]);
                }
            }
            if (found.size() < LEAST) {
                return Optional.of("they hold " + found.size() + " " + unit + " of class "
                        + target.classes().get(c) + ", and " + LEAST + " of each class are needed");
            }
        }
        return target.holdsEveryClass(holdout.training())
                ? Optional.empty()
                : Optional.of("they leave a class without a row to learn from");
    }
}
