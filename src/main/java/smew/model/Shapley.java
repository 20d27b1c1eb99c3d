package smew.model;

import java.util.Arrays;

/**
 * Shapley values of the inputs in the sum over compiled trees. What a tree says where only some inputs are known is its mean over
 * the leaves, each split by an unknown input weighing its children by the training rows that came by (path-dependent TreeSHAP;
 * Lundberg, Erion and Lee 2018, "Consistent individualized feature attribution for tree ensembles", algorithm 1).
 *
 * <p>Their algorithm 2 takes a time in the square of the depth. This one is linear in it. A leaf counts as its output times a product
 * over the inputs asked for above it: 1 or 0 for a known input that leads there or not, the share of rows that went there for an
 * unknown one. Let each input be known with probability t: the expectation is a product of factors t + z (1 - t) or z (1 - t),
 * and the Shapley value of an input is the integral over t from 0 to 1 of the derivative by that input's own probability (Owen
 * 1972, "Multilinear extensions of games"). The integrand is a polynomial of a degree below the number of inputs above a leaf,
 * so that a few points give it exactly, and every factor is positive, so that nothing cancels out. One walk through a tree serves all
 * inputs and points: products are built on the way down and summed up over leaves on the way up, where each split takes from its
 * input what the split above it by the same input had given.
 */
final class Shapley {

    private final FlatTrees trees;
    private final TreeShape shape;
    private final double[] points;
    private final double[] rests;
    private final double[] inverse;
    private final double[] powers;
    private final double[] means;

    Shapley(FlatTrees trees) {
        this.trees = trees;
        this.shape = new TreeShape(trees);
        Quadrature quadrature = Quadrature.of(Math.max(1, (shape.distinct() + 1) / 2));
        this.points = quadrature.points();
        this.rests = Arrays.stream(points).map(t -> 1 - t).toArray();
        this.inverse = Arrays.stream(rests).map(rest -> 1 / rest).toArray();
        this.powers = powers(quadrature, shape.distinct());
        this.means = means();
    }

    /** The weight of each point times (1 - t) to the power of 0, 1, 2 … */
    private static double[] powers(Quadrature quadrature, int most) {
        int count = quadrature.points().length;
        double[] powers = Arrays.copyOf(quadrature.weights(), (most + 1) * count);
        for (int i = count; i < powers.length; i++) {
            powers[i] = powers[i - count] * (1 - quadrature.points()[i % count]);
        }
        return powers;
    }

    /** What the sum in a slot is where no input is known: its mean over the rows that the trees were grown from. */
    double mean(int slot) {
        return means[slot];
    }

    private double[] means() {
        double[] means = trees.start().clone();
        double[] reached = shape.shares();
        for (int node = 0; node < trees.nodes().length; node += FlatTrees.NODE) {
            double share = reached[node / FlatTrees.NODE];
            if (trees.isLeaf(node)) {
                means[trees.nodes()[node + 1]] += share * trees.output(node);
            } else {
                int first = trees.firstChild(node);
                int second = trees.secondChild(node);
                reached[first / FlatTrees.NODE] *= share;
                reached[second / FlatTrees.NODE] *= share;
            }
        }
        return means;
    }

    /**
     * Adds to the amount of each input what it contributes to the sum in a slot.
     *
     * @param keys of one row
     * @param from the first tree that adds to the slot
     * @param to the tree after the last
     * @param scale by which everything is multiplied
     */
    void add(int[] keys, int slot, int from, int to, double scale, double[] amounts) {
        Walk walk = new Walk(keys, slot, scale, amounts);
        for (int tree = from; tree < to; tree++) {
            walk.tree(trees.roots()[tree]);
        }
    }

    /**
     * One row on its way through trees. A vector has one element per point. On each level stands the product of the factors of all
     * inputs whose splits the row follows; the shares of the others are one number, and how many these are.
     */
    private final class Walk {
        private final int count = points.length;
        private final int[] keys;
        private final int slot;
        private final double scale;
        private final double[] amounts;
        /** Of each input, the share of rows that went the row's way at the splits by it so far. */
        private final double[] shares;
        /** Of each input, whether this is the row's way at the splits by it so far. */
        private final boolean[] follows;
        /** Of each input, the level of the last split by it that the row follows. */
        private final int[] last;

        private final double[] products;
        /** What leaves add below each level. */
        private final double[] sums;
        /** Of the level's input, 1 / factor. */
        private final double[] undo;
        /** Of the level's input, what it adds for each unit of the sum. */
        private final double[] rates;
        /** What leaves add for each input that the row does not follow, the same for all of them. */
        private double missed;

        Walk(int[] keys, int slot, double scale, double[] amounts) {
            this.keys = keys;
            this.slot = slot;
            this.scale = scale;
            this.amounts = amounts;
            this.shares = new double[keys.length];
            this.follows = new boolean[keys.length];
            this.last = new int[keys.length];
            this.products = new double[(shape.depth() + 1) * count];
            this.sums = new double[products.length];
            this.undo = new double[products.length];
            this.rates = new double[products.length];
            Arrays.fill(shares, 1);
            Arrays.fill(follows, true);
            Arrays.fill(products, 0, count, 1);
            Arrays.fill(undo, 0, count, 1);
        }

        void tree(int root) {
            if (!trees.isLeaf(root)) {
                inner(root, 0, 1, 0);
            }
        }

        /**
         * Adds what lies below an inner node.
         *
         * @param at where the level starts
         * @param weight the shares of all inputs that the row does not follow
         * @param others how many inputs these are
         */
        private void inner(int node, int at, double weight, int others) {
            int input = trees.nodes()[node];
            boolean first = trees.isFirst(node, keys, 0);
            int right = first ? trees.firstChild(node) : trees.secondChild(node);
            int wrong = first ? trees.secondChild(node) : trees.firstChild(node);
            if (follows[input]) {
                follow(right, input, at, weight, others);
                miss(wrong, input, at, weight, others);
            } else {
                pass(right, at, weight, others);
                pass(wrong, at, weight, others);
            }
        }

        /** A child of a split by an input that the row has left before: it only weighs. */
        private void pass(int child, int at, double weight, int others) {
            if (trees.isLeaf(child)) {
                leaf(weight * shape.share(child) * output(child), at, 0, others);
            } else {
                inner(child, at, weight * shape.share(child), others);
            }
        }

        private double output(int leaf) {
            return trees.nodes()[leaf + 1] == slot ? trees.output(leaf) : 0;
        }

        /** Adds a leaf; what it adds for an input that the row left on the way to it and followed up to a level. */
        private double leaf(double output, int at, int level, int others) {
            double all = 0;
            double amount = 0;
            if (output != 0) {
                int power = others * count;
                for (int q = 0; q < count; q++) {
                    double sum = output * products[at + q] * undo[level + q] * powers[power + q];
                    sums[at + q] += sum;
                    all += sum * inverse[q];
                    amount += sum * rates[level + q];
                }
                missed += all;
            }
            return all + amount;
        }

        private void follow(int child, int input, int at, double weight, int others) {
            int level = last[input];
            double before = shares[input];
            double now = before * shape.share(child);
            double amount = 0;
            if (trees.isLeaf(child)) {
                amount = followToLeaf(weight * output(child), now, at, level, others);
            } else {
                int below = at + count;
                for (int q = 0; q < count; q++) {
                    double factor = points[q] + now * rests[q];
                    products[below + q] = products[at + q] * undo[level + q] * factor;
                    undo[below + q] = 1 / factor;
                    rates[below + q] = (1 - now) / factor;
                    sums[below + q] = 0;
                }
                shares[input] = now;
                last[input] = below;
                inner(child, below, weight, others);
                shares[input] = before;
                last[input] = level;
                for (int q = 0; q < count; q++) {
                    double sum = sums[below + q];
                    sums[at + q] += sum;
                    amount += sum * (rates[below + q] - rates[level + q]);
                }
            }
            amounts[input] += scale * amount;
        }

        private double followToLeaf(double output, double share, int at, int level, int others) {
            double amount = 0;
            if (output != 0) {
                int power = others * count;
                double all = 0;
                for (int q = 0; q < count; q++) {
                    double part = output * products[at + q] * undo[level + q] * powers[power + q];
                    double sum = part * (points[q] + share * rests[q]);
                    sums[at + q] += sum;
                    all += sum * inverse[q];
                    amount += part * (1 - share) - sum * rates[level + q];
                }
                missed += all;
            }
            return amount;
        }

        private void miss(int child, int input, int at, double weight, int others) {
            int level = last[input];
            double now = weight * shares[input] * shape.share(child);
            double amount = 0;
            if (trees.isLeaf(child)) {
                amount = leaf(now * output(child), at, level, others + 1);
            } else {
                double elsewhere = missed;
                missed = 0;
                int below = at + count;
                for (int q = 0; q < count; q++) {
                    products[below + q] = products[at + q] * undo[level + q];
                    sums[below + q] = 0;
                }
                follows[input] = false;
                inner(child, below, now, others + 1);
                follows[input] = true;
                for (int q = 0; q < count; q++) {
                    double sum = sums[below + q];
                    sums[at + q] += sum;
                    amount += sum * rates[level + q];
                }
                amount += missed;
                missed += elsewhere;
            }
            amounts[input] -= scale * amount;
        }
    }
}
