package smew.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.FlatTrees.Kind;
import smile.data.AbstractTuple;
import smile.data.type.StructType;
import smile.model.cart.CART;
import smile.model.cart.DecisionNode;
import smile.model.cart.InternalNode;
import smile.model.cart.Node;
import smile.model.cart.OrdinalNode;
import smile.model.cart.RegressionNode;

/**
 * Makes {@link FlatTrees} of Smile's. Smile 6.3.0 does not tell where a node splits, only which way a row goes, so each node is
 * asked: for numbers by halving the keys of single precision, which are all that a row can hold, for a category by its codes.
 */
final class TreeCompiler {

    private static final int FIRST_NODES = 256;

    /** An array of integers holds no more. */
    private static final long MOST_NODES = (Integer.MAX_VALUE - 8) / FlatTrees.NODE;

    private final Card card;
    private final long limit;
    private final boolean[] category;
    private int[] nodes = new int[FIRST_NODES * FlatTrees.NODE];
    private int[] came = new int[FIRST_NODES];
    private int size;

    private TreeCompiler(Card card, long limit) {
        this.card = card;
        this.limit = Math.min(limit, MOST_NODES);
        this.category = FlatTrees.categories(card);
    }

    /**
     * Compiles trees.
     *
     * @param limit how many nodes there may be: a damaged file can hold one node in the place of very many
     * @throws SmewException DATA when they are no trees over the inputs of the card
     */
    static FlatTrees compile(Card card, Learned.Trees learned, long limit) {
        TreeCompiler compiler = new TreeCompiler(card, limit);
        return switch (learned) {
            case Learned.Forest forest ->
                compiler.groups(Kind.MEAN, forest.groups(), new double[forest.groups().length], 1);
            case Learned.Boosted boosted -> compiler.groups(Kind.SUM, boosted.groups(), boosted.base(), boosted.rate());
            case Learned.Votes votes -> compiler.votes(votes);
        };
    }

    private FlatTrees groups(Kind kind, CART[][] groups, double[] start, double rate) {
        int expected = card.classes().size() > 2 ? card.classes().size() : 1;
        int each = groups.length == 0 ? 0 : groups[0].length;
        if (groups.length != expected
                || start.length != expected
                || each == 0
                || Arrays.stream(groups).anyMatch(group -> group.length != each)) {
            throw refused("there are " + groups.length + " groups of trees of one size, expected " + expected);
        }
        int[] roots =
                new int[Arrays.stream(groups).mapToInt(group -> group.length).sum()];
        int tree = 0;
        for (int group = 0; group < groups.length; group++) {
            for (CART next : groups[group]) {
                roots[tree++] = size;
                put(next.root(), new Adding(group, rate, false));
            }
        }
        return compiled(kind, roots, start.clone());
    }

    private FlatTrees votes(Learned.Votes votes) {
        if (votes.trees().length == 0 || votes.weights().length != votes.trees().length) {
            throw refused("there are " + votes.trees().length + " trees and " + votes.weights().length + " weights");
        }
        int[] roots = new int[votes.trees().length];
        for (int tree = 0; tree < roots.length; tree++) {
            roots[tree] = size;
            put(votes.trees()[tree].root(), new Adding(0, votes.weights()[tree], true));
        }
        return compiled(Kind.VOTES, roots, new double[card.classes().size()]);
    }

    private FlatTrees compiled(Kind kind, int[] roots, double[] start) {
        return new FlatTrees(
                kind, Arrays.copyOf(nodes, size), Arrays.copyOf(came, size / FlatTrees.NODE), roots, start, category);
    }

    /**
     * What the leaves of a tree add.
     *
     * @param slot where a number is added
     * @param factor times a number; or what is added to the slot of the class that is voted for
     */
    private record Adding(int slot, double factor, boolean votes) {}

    /** Appends a node and all below it; how many training rows came by. */
    private int put(@Nullable Node node, Adding adding) {
        int at = take();
        int rows;
        switch (node) {
            case InternalNode inner -> rows = putInner(inner, at, adding);
            case RegressionNode leaf
            when !adding.votes -> {
                putLeaf(at, adding.slot, adding.factor * leaf.output());
                rows = leaf.size();
            }
            case DecisionNode leaf
            when adding.votes -> {
                if (leaf.output() < 0 || leaf.output() >= card.classes().size()) {
                    throw refused("a leaf stands for class " + leaf.output() + " of "
                            + card.classes().size());
                }
                putLeaf(at, leaf.output(), adding.factor);
                rows = leaf.size();
            }
            case null, default -> throw refused("a node is missing, or of another kind than its tree");
        }
        if (rows < 1) {
            throw refused("a node says that " + rows + " rows came by");
        }
        came[at / FlatTrees.NODE] = rows;
        return rows;
    }

    private int take() {
        int at = size;
        if (at / FlatTrees.NODE >= limit) {
            throw refused("there are more than " + limit + " nodes, which is more than the file can hold");
        }
        if (at == nodes.length) {
            int room = (int) Math.min(MOST_NODES, 2L * came.length);
            nodes = Arrays.copyOf(nodes, room * FlatTrees.NODE);
            came = Arrays.copyOf(came, room);
        }
        size += FlatTrees.NODE;
        return at;
    }

    private void putLeaf(int at, int slot, double output) {
        long bits = Double.doubleToRawLongBits(output);
        nodes[at] = FlatTrees.LEAF;
        nodes[at + 1] = slot;
        nodes[at + 2] = (int) (bits >>> 32);
        nodes[at + 3] = (int) bits;
    }

    private int putInner(InternalNode inner, int at, Adding adding) {
        int input = inner.feature();
        if (input < 0 || input >= category.length) {
            throw refused("a node splits by input " + input + " of " + category.length);
        }
        nodes[at] = input;
        if (category[input]) {
            putCodes(inner, at, Encoding.codes(card.inputs().get(input)));
        } else {
            putThreshold(inner, at);
        }
        int first = put(inner.trueChild(), adding);
        nodes[at + 3] = size - at - FlatTrees.NODE;
        return first + put(inner.falseChild(), adding);
    }

    /** The codes that go to the first child; all that Smile grows are one code, or those up to one. */
    private void putCodes(InternalNode inner, int at, int codes) {
        int[] first = IntStream.range(0, codes)
                .filter(code -> inner.branch(new Probe(code)))
                .toArray();
        // No code is negative: a node that sends none to the first child keeps all from it.
        nodes[at + 1] = first.length == 0 ? -1 : first[0];
        nodes[at + 2] = first.length == 0 ? 0 : first[first.length - 1] - first[0];
        if (first.length > 0 && first.length != nodes[at + 2] + 1) {
            throw refused("a node splits a category by codes that do not follow each other");
        }
    }

    /** The greatest key that goes to the first child: minus infinity, which no row holds, where none does. */
    private void putThreshold(InternalNode inner, int at) {
        if (!(inner instanceof OrdinalNode)) {
            throw refused("a node splits a number as if it were a category");
        }
        Probe probe = new Probe(0);
        int low = FlatTrees.key(Float.NEGATIVE_INFINITY);
        int high = FlatTrees.key(Float.MAX_VALUE);
        while (low < high) {
            int middle = (int) (((long) low + high + 1) >> 1);
            probe.value = FlatTrees.number(middle);
            if (inner.branch(probe)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        nodes[at + 1] = Integer.MIN_VALUE;
        nodes[at + 2] = low - Integer.MIN_VALUE;
    }

    private SmewException refused(String found) {
        return new SmewException(
                Fault.DATA,
                "Compiling the trees of model " + card.name() + ": " + found
                        + ". Roll back to another release, or run again.");
    }

    /** A row of which every input has the same value. */
    private static final class Probe extends AbstractTuple {
        private static final long serialVersionUID = 1L;
        private double value;

        Probe(double value) {
            super(new StructType());
            this.value = value;
        }

        @Override
        public Object get(int input) {
            return value;
        }

        @Override
        public double getDouble(int input) {
            return value;
        }

        @Override
        public int getInt(int input) {
            return (int) value;
        }
    }
}
