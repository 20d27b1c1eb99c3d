package smew.learn;

import java.util.List;
import smew.base.Progress;
import smew.model.Learned;
import smile.model.cart.Loss;
import smile.regression.RegressionTree;

/** One tree over all rows and inputs (CART); one per class where there are more than two. */
final class TreeLearner implements Learner {

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Trees trees = Trees.of(rows);
        List<double[]> outputs = Trees.outputs(rows);
        int inputs = rows.inputs().size();
        Trees.Limits limits = Trees.Limits.of(chosen, inputs, rows);
        int[] counts = rows.wholeCounts();
        RegressionTree[][] groups = new RegressionTree[outputs.size()][1];
        for (int group = 0; group < groups.length; group++) {
            groups[group][0] = trees.grow(Loss.ls(outputs.get(group)), limits, counts, seed);
            step.done((group + 1.0) / groups.length);
        }
        double[] importance =
                Trees.importance(() -> java.util.Arrays.stream(groups).map(group -> group[0].importance()), inputs);
        return new Fit(new Learned.Forest(groups), importance);
    }
}
