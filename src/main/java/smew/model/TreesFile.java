package smew.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import smew.model.FlatTrees.Kind;

/**
 * Compiled trees as bytes, little end first: a mark, six integers (version, {@link Kind}, inputs, sums of a row, nodes, and a zero), the
 * start of each sum as a double, four integers for each node as {@link FlatTrees} has them, and for each node how many training rows
 * came by. Trees stand one behind the other; each begins where the one before is complete.
 *
 * <p>No class that a file names is made to read it. Smile's own trees, serialised, were twice as large, and to read, compile and compare
 * them took a fifth of a server's start.
 */
final class TreesFile {

    private static final byte[] MARK = "SMEWTREE".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD = MARK.length + 6 * Integer.BYTES;

    /** A walk takes a call for each level, and no algorithm grows so many. */
    private static final int LEVELS = 1_000;

    private final int[] nodes;
    private final int[] came;
    private final int inputs;
    private final int slots;

    private TreesFile(int[] nodes, int[] came, int inputs, int slots) {
        this.nodes = nodes;
        this.came = came;
        this.inputs = inputs;
        this.slots = slots;
    }

    static byte[] bytes(FlatTrees trees) {
        long length = length(trees.slots(), trees.came().length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MARK)
                .putInt(VERSION)
                .putInt(trees.kind().code())
                .putInt(trees.inputs())
                .putInt(trees.slots())
                .putInt(trees.came().length)
                .putInt(0);
        bytes.asDoubleBuffer().put(trees.start());
        bytes.position(HEAD + trees.slots() * Double.BYTES)
                .asIntBuffer()
                .put(trees.nodes())
                .put(trees.came());
        return bytes.array();
    }

    private static long length(int slots, int nodes) {
        return HEAD + (long) slots * Double.BYTES + (long) nodes * (FlatTrees.NODE + 1) * Integer.BYTES;
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException saying what the bytes hold in place of trees over the inputs of the card
     */
    static FlatTrees read(byte[] file, Card card) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEAD || !Arrays.equals(file, 0, MARK.length, MARK, 0, MARK.length)) {
            throw new IOException("it does not begin as one");
        }
        bytes.position(MARK.length);
        expect("version", bytes.getInt(), VERSION);
        Kind kind = kind(bytes.getInt());
        int classes = card.classes().size();
        expect("inputs", bytes.getInt(), card.inputs().size());
        int slots = bytes.getInt();
        expect("sums", slots, kind == Kind.VOTES || classes > 2 ? classes : 1);
        int count = bytes.getInt();
        expect("reserve", bytes.getInt(), 0);
        if (count < 1 || length(slots, count) != file.length) {
            throw new IOException(count + " nodes are not what " + file.length + " bytes hold");
        }
        double[] start = new double[slots];
        bytes.asDoubleBuffer().get(start);
        int[] nodes = new int[count * FlatTrees.NODE];
        int[] came = new int[count];
        bytes.position(HEAD + slots * Double.BYTES).asIntBuffer().get(nodes).get(came);
        return new TreesFile(nodes, came, card.inputs().size(), slots).trees(kind, start, FlatTrees.categories(card));
    }

    private static Kind kind(int code) throws IOException {
        for (Kind kind : Kind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new IOException("kind " + code + " of trees is unknown");
    }

    private static void expect(String what, int found, int expected) throws IOException {
        if (found != expected) {
            throw new IOException(what + " " + found + ", expected " + expected);
        }
    }

    private FlatTrees trees(Kind kind, double[] start, boolean[] category) throws IOException {
        FlatTrees trees = new FlatTrees(kind, nodes, came, roots(), start, category);
        if (kind != Kind.VOTES && slots > 1 && (trees.roots().length % slots != 0 || !isInOrder(trees))) {
            throw new IOException(trees.roots().length + " trees do not add to " + slots + " sums in order");
        }
        return trees;
    }

    /**
     * Where trees begin. Whatever a file holds, a walk through these comes to a leaf, to each node one way, and asks for nothing that
     * is not there.
     */
    private int[] roots() throws IOException {
        int[] roots = new int[nodes.length / FlatTrees.NODE];
        int count = 0;
        // Of each node above whose second child is to come: where it must be, and its level.
        int[] second = new int[LEVELS];
        int[] levels = new int[LEVELS];
        int open = 0;
        int level = 0;
        boolean complete = true;
        for (int node = 0; node < nodes.length; node += FlatTrees.NODE) {
            if (complete) {
                roots[count++] = node;
                level = 0;
                complete = false;
            }
            if (nodes[node] == FlatTrees.LEAF) {
                checkLeaf(node);
                complete = open == 0;
                if (!complete) {
                    open--;
                    level = levels[open];
                    if (second[open] != node + FlatTrees.NODE) {
                        throw node(node, "is not where the node above has it");
                    }
                }
            } else {
                level++;
                if (level >= LEVELS) {
                    throw node(node, "lies below " + LEVELS + " others");
                }
                second[open] = checkInner(node);
                levels[open++] = level;
            }
        }
        if (!complete) {
            throw new IOException("the last tree is not complete");
        }
        return Arrays.copyOf(roots, count);
    }

    private void checkLeaf(int node) throws IOException {
        if (nodes[node + 1] < 0 || nodes[node + 1] >= slots || came[node / FlatTrees.NODE] < 1) {
            throw node(
                    node,
                    "adds to sum " + nodes[node + 1] + " of " + slots + " for " + came[node / FlatTrees.NODE]
                            + " rows");
        }
    }

    /** Where its second child is. */
    private int checkInner(int node) throws IOException {
        int then = node + FlatTrees.NODE + nodes[node + 3];
        if (nodes[node] < 0 || nodes[node] >= inputs || nodes[node + 3] < 0 || then < 0 || then >= nodes.length) {
            throw node(node, "splits by input " + nodes[node] + " of " + inputs + " and goes on at " + then);
        }
        long below = (long) came[node / FlatTrees.NODE + 1] + came[then / FlatTrees.NODE];
        if (came[node / FlatTrees.NODE] != below) {
            throw node(node, "was reached by " + came[node / FlatTrees.NODE] + " rows, and those below by " + below);
        }
        return then;
    }

    private static IOException node(int node, String found) {
        return new IOException("node " + node / FlatTrees.NODE + " " + found);
    }

    /** Whether trees add to one sum after the other, as many to each. */
    private boolean isInOrder(FlatTrees trees) {
        int tree = -1;
        for (int node = 0; node < nodes.length; node += FlatTrees.NODE) {
            if (tree + 1 < trees.roots().length && trees.roots()[tree + 1] == node) {
                tree++;
            }
            if (trees.isLeaf(node) && nodes[node + 1] != tree / trees.treesPerSlot()) {
                return false;
            }
        }
        return true;
    }
}
