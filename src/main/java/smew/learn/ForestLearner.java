package smew.learn;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Learned;
import smile.model.cart.Loss;
import smile.regression.RegressionTree;

/** Random forest (Breiman 2001): each tree sees rows drawn with replacement; with class weights, as many of every class. */
final class ForestLearner implements Learner {

    static final String INPUTS_PER_SPLIT = "inputs-per-split";
    static final String ROWS_PER_TREE = "rows-per-tree";

    /** Rows drawn for a tree by default at most: more make training slower, and the forest hardly better. */
    private static final int DRAWN_ROWS = 100_000;

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Trees trees = Trees.of(rows);
        List<double[]> outputs = Trees.outputs(rows);
        int inputs = rows.inputs().size();
        int count = chosen.integer("trees");
        RegressionTree[][] groups = new RegressionTree[outputs.size()][count];
        int[][] members = rows.weighted() ? members(rows) : new int[0][];
        int drawn = Math.max(1, (int) Math.round(chosen.number(ROWS_PER_TREE) * rows.size()));
        // Without class weights a row is drawn once on average, or less often; with them, a rare one many times.
        double often = (double) drawn / Math.max(1, members.length) / rows.rarest();
        Trees.Limits limits = Trees.Limits.of(chosen, chosen.integer(INPUTS_PER_SPLIT), rows, often);
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, count).parallel().forEach(tree -> {
            Draws draws = Draws.of(seed, tree);
            int[] counts = new int[rows.size()];
            for (int i = 0; i < drawn; i++) {
                if (members.length == 0) {
                    counts[draws.below(counts.length)]++;
                } else {
                    int[] same = members[i % members.length];
                    counts[same[draws.below(same.length)]]++;
                }
            }
            RegressionTree[] grown = trees.grow(outputs, Loss::ls, limits, counts, draws);
            for (int group = 0; group < groups.length; group++) {
                groups[group][tree] = grown[group];
            }
            step.done((double) done.incrementAndGet() / count);
        });
        double[] importance = Trees.importance(
                () -> Arrays.stream(groups).flatMap(Arrays::stream).map(RegressionTree::importance), inputs);
        return new Fit(new Learned.Forest(groups), importance);
    }

    @Override
    public Chosen resolved(Chosen chosen, Extent extent) {
        int inputs = extent.inputs();
        int tried = extent.classes() == 0 ? inputs / 3 : (int) Math.sqrt(inputs);
        return chosen.resolved(INPUTS_PER_SPLIT, Math.max(1, tried))
                .atMost(INPUTS_PER_SPLIT, inputs)
                .resolved(ROWS_PER_TREE, Math.min(1, (double) DRAWN_ROWS / extent.rows()));
    }

    private static int[][] members(TrainingRows rows) {
        return IntStream.range(0, rows.classes())
                .mapToObj(code -> IntStream.range(0, rows.size())
                        .filter(row -> rows.codes()[row] == code)
                        .toArray())
                .toArray(int[][]::new);
    }
}
