package smew.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Learned;
import smile.regression.RegressionTree;

/** Gradient boosting (Friedman 2001): each tree follows the gradient of the loss at the sum of those before it. */
final class BoostingLearner implements Learner {

    private static final String ROWS_PER_TREE = "rows-per-tree";
    private static final double SHARE = 0.7;

    /** Rows drawn for a tree by default at most: more make training slower, and the sum hardly better. */
    private static final int DRAWN_ROWS = 100_000;

    @Override
    public Chosen resolved(Chosen chosen, Extent extent) {
        return chosen.resolved(ROWS_PER_TREE, Math.min(SHARE, (double) DRAWN_ROWS / extent.rows()));
    }

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Trees trees = Trees.of(rows);
        int inputs = rows.inputs().size();
        Trees.Limits limits = Trees.Limits.of(chosen, inputs, rows);
        int count = chosen.integer("trees");
        double rate = chosen.number("learning-rate");
        int drawn = Math.max(1, (int) Math.round(chosen.number(ROWS_PER_TREE) * rows.size()));
        int[] whole = rows.wholeCounts();
        Gradient gradient = Gradient.of(rows);
        int groups = gradient.groups();
        RegressionTree[][] grown = new RegressionTree[groups][count];
        for (int tree = 0; tree < count; tree++) {
            Draws draws = Draws.of(seed, tree);
            int[] counts = new int[rows.size()];
            for (int row : draws.sample(rows.size(), drawn)) {
                counts[row] = whole[row];
            }
            gradient.refresh();
            RegressionTree[] next = trees.grow(gradient.slopes(), gradient::loss, limits, counts, draws);
            for (int group = 0; group < groups; group++) {
                grown[group][tree] = next[group];
                add(trees, next[group], rate, gradient.sums(group));
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
