package smew.learn;

import java.util.Arrays;
import java.util.List;
import smew.base.Progress;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Learned;
import smew.project.Relation;

/**
 * Fits an algorithm on some labelled rows of a model: inputs, replacement of nulls, resampling, fit. Whatever trains does so here,
 * whether the result is kept or only compared.
 *
 * @param table all rows of the model's SELECT
 */
record Fitting(Relation.Model definition, Table table, Target target, long seed) {

    /**
     * What was fitted.
     *
     * @param chosen the algorithm, its parameters as the data resolved them
     * @param rows that the algorithm saw, after resampling
     * @param importance of each input, in any unit
     */
    record Fitted(Chosen chosen, List<Card.Input> inputs, Learned learned, double[] importance, int rows) {}

    /**
     * Fits.
     *
     * @param labelled indices into the target's rows, to learn from
     * @param step hears how far the fit is
     */
    Fitted fit(Chosen chosen, int[] labelled, Progress.Step step) {
        return fit(chosen, prepared(labelled), step);
    }

    /** Encodes and resamples rows to learn from, once for any number of fits. */
    TrainingRows prepared(int[] labelled) {
        List<Card.Input> inputs = Inputs.learn(definition, table, rows(labelled), target.rows());
        return TrainingRows.of(inputs, table, target, labelled).resampled(definition.resample(), seed);
    }

    /** The same on rows that were prepared. */
    Fitted fit(Chosen chosen, TrainingRows rows, Progress.Step step) {
        Learner learner = Learner.of(chosen);
        Chosen resolved = learner.resolved(chosen, rows.extent());
        Learner.Fit fit = learner.fit(rows, resolved, seed, step);
        return new Fitted(resolved, rows.inputs(), fit.learned(), fit.importance(), rows.size());
    }

    /** Row numbers of the table. */
    int[] rows(int[] labelled) {
        return Arrays.stream(labelled).map(r -> target.rows()[r]).toArray();
    }
}
