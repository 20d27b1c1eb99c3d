package smew.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import smew.base.Fault;
import smew.base.SmewException;

/** Scores with compiled trees. */
final class TreeScorer implements Scorer {

    private static final int CHECKED_ROWS = 256;

    /** Walks through Smile's trees that a check may take, a microsecond each: two dozen milliseconds in a process just started. */
    private static final int CHECKED_WALKS = 12_000;

    private static final long SEED = 7;

    private final FlatTrees trees;
    private final Kind kind;
    private final int outcomes;
    private final int treesPerSlot;
    private final Shapley shapley;

    /** How sums over trees become outcomes. */
    private enum Kind {
        MEAN,
        SUM,
        VOTES
    }

    private TreeScorer(FlatTrees trees, Kind kind, int outcomes) {
        this.trees = trees;
        this.kind = kind;
        this.outcomes = outcomes;
        this.treesPerSlot = trees.roots().length / (kind == Kind.VOTES ? 1 : trees.slots());
        this.shapley = new Shapley(trees);
    }

    /**
     * Compiles trees and compares answers with Smile's, after which Smile's objects are not needed any more.
     *
     * @throws SmewException DATA when they are no trees over the card's inputs, or answer otherwise than Smile's
     */
    static TreeScorer of(Card card, Learned.Trees learned, long nodes) {
        TreeScorer scorer = new TreeScorer(
                TreeCompiler.compile(card, learned, nodes),
                switch (learned) {
                    case Learned.Forest _ -> Kind.MEAN;
                    case Learned.Boosted _ -> Kind.SUM;
                    case Learned.Votes _ -> Kind.VOTES;
                },
                Math.max(1, card.classes().size()));
        scorer.check(card, SmileTrees.of(learned, !card.classes().isEmpty()));
        return scorer;
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
        switch (kind) {
            case MEAN -> {
                for (int slot = 0; slot < trees.slots(); slot++) {
                    out[slot] /= treesPerSlot;
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
        return switch (kind) {
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
        boolean second = outcomes == 2 && kind != Kind.VOTES;
        int slot = second ? 0 : outcome;
        double sign = second && outcome == 0 ? -1 : 1;
        double scale = sign
                * switch (kind) {
                    case MEAN -> 1.0 / treesPerSlot;
                    case SUM -> outcomes == 2 ? 2 : 1;
                    case VOTES -> 1 / Arrays.stream(sums).sum();
                };
        double offset = kind == Kind.MEAN && sign < 0 ? 1 : 0;
        int from = kind == Kind.VOTES ? 0 : slot * treesPerSlot;
        Arrays.fill(amounts, 0);
        shapley.add(keys, slot, from, from + treesPerSlot, scale, amounts);
        return new Sum(offset + scale * shapley.mean(slot), offset + scale * sums[slot]);
    }
}
