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

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Trees trees = Trees.of(rows);
        List<double[]> outputs = Trees.outputs(rows);
        int inputs = rows.inputs().size();
        Trees.Limits limits = Trees.Limits.of(chosen, tried(chosen, inputs, rows.classes() == 0));
        int count = chosen.integer("trees");
        RegressionTree[][] groups = new RegressionTree[outputs.size()][count];
        int[][] members = rows.weighted() ? members(rows) : new int[0][];
        int drawn = Math.max(1, (int) Math.round(chosen.number("rows-per-tree") * rows.size()));
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, count).parallel().forEach(tree -> {
            Draws draws = Draws.of(seed, tree);
            int[] counts = new int[rows.size()];
            for (int i = 0; i < drawn; i++) {
                if (members.length == 0) {
                    counts[draws.below(counts.length)]++;
                } else {
                    int[] members1 = members[i % members.length];
                    counts[members1[draws.below(members1.length)]]++;
                }
            }
            for (int group = 0; group < groups.length; group++) {
                groups[group][tree] = trees.grow(Loss.ls(outputs.get(group)), limits, counts, draws.next());
            }
            step.done((double) done.incrementAndGet() / count);
        });
        double[] importance = Trees.importance(
                () -> Arrays.stream(groups).flatMap(Arrays::stream).map(RegressionTree::importance), inputs);
        return new Fit(new Learned.Forest(groups), importance);
    }

    private static int tried(Chosen chosen, int inputs, boolean regression) {
        int wanted = chosen.integer("inputs-per-split");
        if (wanted > 0) {
            return Math.min(wanted, inputs);
        }
        return Math.max(1, regression ? inputs / 3 : (int) Math.sqrt(inputs));
    }

    private static int[][] members(TrainingRows rows) {
        return IntStream.range(0, rows.classes())
                .mapToObj(code -> IntStream.range(0, rows.size())
                        .filter(row -> rows.codes()[row] == code)
                        .toArray())
                .toArray(int[][]::new);
    }
}
