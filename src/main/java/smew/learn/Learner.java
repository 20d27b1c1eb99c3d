package smew.learn;

import smew.base.Progress;
import smew.model.Learned;

/** Fits one algorithm. The same rows, parameters and seed give the same result, bit for bit, on any number of cores. */
interface Learner {

    /** What was learned, and how much each input contributed, in any unit. */
    record Fit(Learned learned, double[] importance) {}

    Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step);

    /**
     * How much there is to learn from.
     *
     * @param classes 0 for regression
     */
    record Extent(int rows, int inputs, int classes) {}

    /** Replaces parameters whose default depends on the data. */
    default Chosen resolved(Chosen chosen, Extent extent) {
        return chosen;
    }

    static Learner of(Chosen chosen) {
        return switch (chosen.algorithm().name()) {
            case Algorithms.FOREST -> new ForestLearner();
            case Algorithms.TREE -> new TreeLearner();
            case Algorithms.BOOSTING -> new BoostingLearner();
            case Algorithms.ADABOOST -> new AdaBoostLearner();
            case Algorithms.LOGISTIC -> new LogisticLearner();
            case Algorithms.RIDGE -> new RidgeLearner();
            default -> throw new IllegalStateException(chosen.algorithm().name() + " has no learner");
        };
    }
}
