package smew.learn;

import smew.base.Progress;

/** Not yet. */
final class BoostingLearner implements Learner {
    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        throw new UnsupportedOperationException();
    }
}
