package smew.model;

/** What {@link Shapley} has to know of trees beside their nodes. */
final class TreeShape {

    private final FlatTrees trees;
    private final double[] shares;
    /** How often each input is asked for above the node that is looked at. */
    private final int[] above;

    private int depth;
    private int distinct;

    TreeShape(FlatTrees trees) {
        this.trees = trees;
        this.shares = new double[trees.came().length];
        this.above = new int[trees.inputs()];
        for (int root : trees.roots()) {
            shares[root / FlatTrees.NODE] = 1;
            look(root, 0, 0);
        }
    }

    /** The level of the deepest leaf. */
    int depth() {
        return depth;
    }

    /** How many different inputs the splits above one leaf ask for, at the most. */
    int distinct() {
        return distinct;
    }

    /** A copy, by node. */
    double[] shares() {
        return shares.clone();
    }

    /** Of the training rows at the node above this one, the share that came on to it; 1 for a root. */
    double share(int node) {
        return shares[node / FlatTrees.NODE];
    }

    private void look(int node, int level, int different) {
        depth = Math.max(depth, level);
        distinct = Math.max(distinct, different);
        if (trees.isLeaf(node)) {
            return;
        }
        int input = trees.nodes()[node];
        int more = above[input]++ == 0 ? different + 1 : different;
        child(node, trees.firstChild(node), level, more);
        child(node, trees.secondChild(node), level, more);
        above[input]--;
    }

    private void child(int node, int child, int level, int different) {
        shares[child / FlatTrees.NODE] =
                (double) trees.came()[child / FlatTrees.NODE] / trees.came()[node / FlatTrees.NODE];
        look(child, level + 1, different);
    }
}
