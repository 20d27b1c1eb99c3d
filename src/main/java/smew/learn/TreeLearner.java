package smew.learn;

import java.util.Arrays;
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
        RegressionTree[] grown = trees.grow(outputs, Loss::ls, limits, rows.wholeCounts(), Draws.of(seed, 0));
        RegressionTree[][] groups =
                Arrays.stream(grown).map(tree -> new RegressionTree[] {tree}).toArray(RegressionTree[][]::new);
        double[] importance = Trees.importance(() -> Arrays.stream(grown).map(RegressionTree::importance), inputs);
        return new Fit(new Learned.Forest(groups), importance);
    }
}
