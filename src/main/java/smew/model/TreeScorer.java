package smew.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.FlatTrees.Kind;

/** Scores with compiled trees. */
final class TreeScorer implements Scorer {

    private static final int CHECKED_ROWS = 256;

    /** Walks through Smile's trees that a check may take, a microsecond each: two dozen milliseconds in a process just started. */
    private static final int CHECKED_WALKS = 12_000;

    private static final long SEED = 7;

    private final FlatTrees trees;
    private final int outcomes;

    /** Made for the first explanation, of which a server may never be asked. */
    private volatile @Nullable Shapley shapley;

    /** Scores the classes of a card, or its number, with trees over its inputs. */
    TreeScorer(Card card, FlatTrees trees) {
        this.trees = trees;
        this.outcomes = Math.max(1, card.classes().size());
    }

    /**
     * Compiles trees and compares answers with Smile's, after which Smile's objects are not needed any more.
     *
     * @param nodes as {@link TreeCompiler} has it
     * @throws SmewException DATA when they are no trees over the card's inputs, or answer otherwise than Smile's
     */
    static TreeScorer of(Card card, Learned.Trees learned, long nodes) {
        TreeScorer scorer = new TreeScorer(card, TreeCompiler.compile(card, learned, nodes));
        scorer.check(card, SmileTrees.of(learned, !card.classes().isEmpty()));
        return scorer;
    }

    FlatTrees trees() {
        return trees;
    }

    /** Refuses to answer otherwise than Smile's own trees on a sample of rows. */
    void check(Card card, SmileTrees reference) {
        int count = Math.clamp(CHECKED_WALKS / trees.roots().length, 1, CHECKED_ROWS);
        double[] rows = new CornerRows(trees, card.inputs()).sample(count, new SplittableRandom(SEED));
        double[] row = new double[trees.inputs()];
        double[] expected = new double[outcomes];
        score(rows, count, (index, scores) -> {
            System.arraycopy(rows, index * row.length, row, 0, row.length);
            reference.score(row, expected);
            for (int outcome = 0; outcome < outcomes; outcome++) {
                if (Double.doubleToLongBits(scores[outcome]) != Double.doubleToLongBits(expected[outcome])) {
                    throw new SmewException(
                            Fault.DATA,
                            "Compiling the trees of model " + card.name() + ": of row " + Arrays.toString(row)
                                    + " they say " + scores[outcome] + ", and before they were compiled "
                                    + expected[outcome] + ". Roll back to another release, or run again.");
                }
            }
        });
    }

    @Override
    public void score(double[] rows, int count, Predictor.Scores target) {
        double[] sums = trees.sums(trees.keys(rows, count), count);
        double[] out = new double[outcomes];
        for (int row = 0; row < count; row++) {
            finish(sums, row * trees.slots(), out);
            target.of(row, out);
        }
    }

    private void finish(double[] sums, int from, double[] out) {
        System.arraycopy(sums, from, out, 0, trees.slots());
        switch (trees.kind()) {
            case MEAN -> {
                for (int slot = 0; slot < trees.slots(); slot++) {
                    out[slot] /= trees.treesPerSlot();
                }
                if (outcomes == 2) {
                    out[1] = out[0];
                    out[0] = 1 - out[1];
                } else if (outcomes > 2) {
                    Probability.shares(out);
                }
            }
            case SUM -> {
                if (outcomes == 2) {
                    Probability.binary(2 * out[0], out);
                } else if (outcomes > 2) {
                    Probability.softmax(out);
                }
            }
            case VOTES -> Probability.shares(out);
        }
    }

    @Override
    public Explanation.Explains explains() {
        return switch (trees.kind()) {
            case MEAN ->
                outcomes == 1
                        ? Explanation.Explains.NUMBER
                        : outcomes == 2 ? Explanation.Explains.PROBABILITY : Explanation.Explains.SCORE;
            case SUM -> Explanation.Explains.ofSum(outcomes);
            case VOTES -> Explanation.Explains.SHARE;
        };
    }

    @Override
    public Sum explain(double[] row, int outcome, double[] amounts) {
        int[] keys = trees.keys(row, 1);
        double[] sums = trees.sums(keys, 1);
        boolean second = outcomes == 2 && trees.kind() != Kind.VOTES;
        int slot = second ? 0 : outcome;
        double sign = second && outcome == 0 ? -1 : 1;
        double scale = sign
                * switch (trees.kind()) {
                    case MEAN -> 1.0 / trees.treesPerSlot();
                    case SUM -> outcomes == 2 ? 2 : 1;
                    case VOTES -> 1 / Arrays.stream(sums).sum();
                };
        double offset = trees.kind() == Kind.MEAN && sign < 0 ? 1 : 0;
        int each = trees.treesPerSlot();
        int from = trees.kind() == Kind.VOTES ? 0 : slot * each;
        Arrays.fill(amounts, 0);
        Shapley values = shapley();
        values.add(keys, slot, from, from + each, scale, amounts);
        return new Sum(offset + scale * values.mean(slot), offset + scale * sums[slot]);
    }

    private Shapley shapley() {
        Shapley known = shapley;
        if (known == null) {
            known = new Shapley(trees);
            shapley = known;
        }
        return known;
    }
}
