package smew.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Learned;
import smile.regression.RegressionTree;

/** Gradient boosting (Friedman 2001): each tree follows the gradient of the loss at the sum of those before it. */
final class BoostingLearner implements Learner {

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Trees trees = Trees.of(rows);
        int inputs = rows.inputs().size();
        Trees.Limits limits = Trees.Limits.of(chosen, inputs);
        int count = chosen.integer("trees");
        double rate = chosen.number("learning-rate");
        int drawn = Math.max(1, (int) Math.round(chosen.number("rows-per-tree") * rows.size()));
        Gradient gradient = Gradient.of(rows);
        int groups = gradient.groups();
        RegressionTree[][] grown = new RegressionTree[groups][count];
        for (int tree = 0; tree < count; tree++) {
            Draws draws = Draws.of(seed, tree);
            int[] counts = new int[rows.size()];
            for (int row : draws.sample(rows.size(), drawn)) {
                counts[row] = rows.weight(row);
            }
            gradient.refresh();
            for (int group = 0; group < groups; group++) {
                grown[group][tree] = trees.grow(gradient.loss(group), limits, counts, draws.next());
            }
            for (int group = 0; group < groups; group++) {
                add(trees, grown[group][tree], rate, gradient.sums(group));
            }
            step.done((tree + 1.0) / count);
        }
        double[] importance = Trees.importance(
                () -> Arrays.stream(grown).flatMap(Arrays::stream).map(RegressionTree::importance), inputs);
        return new Fit(new Learned.Boosted(grown, gradient.base(), rate), importance);
    }

    private static void add(Trees trees, RegressionTree tree, double rate, double[] sums) {
        IntStream.range(0, sums.length).parallel().forEach(row -> sums[row] += rate * tree.predict(trees.row(row)));
    }
}
