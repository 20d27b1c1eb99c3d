package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Learned;
import smile.classification.DecisionTree;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.model.cart.SplitRule;

/** AdaBoost for any number of classes (SAMME; Zhu et al. 2009): each tree sees rows drawn by how often they were wrong. */
final class AdaBoostLearner implements Learner {

    /** Trees in a row that are no better than guessing before learning ends. */
    private static final int FAILURES = 3;

    private static final double LEAST_ERROR = 1e-10;

    @Override
    public Fit fit(TrainingRows rows, Chosen chosen, long seed, Progress.Step step) {
        Trees trees = Trees.of(rows);
        int inputs = rows.inputs().size();
        Trees.Limits limits = Trees.Limits.of(chosen, inputs, rows);
        int[][] order = trees.order();
        int count = chosen.integer("trees");
        List<DecisionTree> kept = new ArrayList<>();
        List<Double> votes = new ArrayList<>();
        double[] weights = new double[rows.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        int failures = 0;
        for (int attempt = 0; kept.size() < count && failures < FAILURES; attempt++) {
            DecisionTree tree = grow(trees, order, rows, limits, drawn(weights, Draws.of(seed, attempt)));
            boolean[] wrong = wrong(trees, rows, tree);
            double error = 0;
            for (int row = 0; row < wrong.length; row++) {
                error += wrong[row] ? weights[row] : 0;
            }
            double vote =
                    StrictMath.log((1 - error) / Math.max(LEAST_ERROR, error)) + StrictMath.log(rows.classes() - 1);
            if (vote > 0) {
                failures = 0;
                kept.add(tree);
                votes.add(vote);
                reweigh(weights, wrong, StrictMath.exp(vote));
            } else if (++failures == FAILURES && kept.isEmpty()) {
                kept.add(tree);
                votes.add(1.0);
            }
            step.done((double) kept.size() / count);
        }
        double[] importance = Trees.importance(() -> kept.stream().map(DecisionTree::importance), inputs);
        Learned.Votes learned = new Learned.Votes(
                kept.toArray(DecisionTree[]::new),
                votes.stream().mapToDouble(Double::doubleValue).toArray());
        return new Fit(learned, importance);
    }

    private static DecisionTree grow(Trees trees, int[][] order, TrainingRows rows, Trees.Limits limits, int[] counts) {
        return new DecisionTree(
                trees.frame(),
                rows.codes(),
                new StructField("class", DataTypes.IntType),
                rows.classes(),
                SplitRule.GINI,
                limits.depth(),
                limits.leaves(),
                limits.leafRows(),
                limits.inputsPerSplit(),
                counts,
                order);
    }

    private static boolean[] wrong(Trees trees, TrainingRows rows, DecisionTree tree) {
        boolean[] wrong = new boolean[rows.size()];
        IntStream.range(0, wrong.length)
                .parallel()
                .forEach(row -> wrong[row] = tree.predict(trees.row(row)) != rows.codes()[row]);
        return wrong;
    }

    /** As many draws as rows, with replacement, each row as often as its weight says. */
    private static int[] drawn(double[] weights, Draws draws) {
        double[] upTo = new double[weights.length];
        double sum = 0;
        for (int row = 0; row < weights.length; row++) {
            sum += weights[row];
            upTo[row] = sum;
        }
        int[] counts = new int[weights.length];
        for (int draw = 0; draw < weights.length; draw++) {
            int place = Arrays.binarySearch(upTo, draws.unit() * sum);
            counts[Math.min(place < 0 ? -place - 1 : place, counts.length - 1)]++;
        }
        return counts;
    }

    private static void reweigh(double[] weights, boolean[] wrong, double factor) {
        double sum = 0;
        for (int row = 0; row < weights.length; row++) {
            weights[row] *= wrong[row] ? factor : 1;
            sum += weights[row];
        }
        for (int row = 0; row < weights.length; row++) {
            weights[row] /= sum;
        }
    }
}
