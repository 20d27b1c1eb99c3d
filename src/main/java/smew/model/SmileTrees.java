package smew.model;

import java.util.Arrays;
import smile.classification.DecisionTree;
import smile.data.AbstractTuple;
import smile.data.type.StructType;
import smile.regression.RegressionTree;

/** Scores one row with Smile's trees as they are: what compiled trees must equal, bit for bit. Nothing else asks them. */
@FunctionalInterface
interface SmileTrees {

    /** A probability per class, or the one number of a regression. */
    void score(double[] row, double[] out);

    static SmileTrees of(Learned.Trees learned, boolean classes) {
        return switch (learned) {
            case Learned.Forest forest -> (row, out) -> mean(forest, row, out);
            case Learned.Boosted boosted -> (row, out) -> sum(boosted, classes, row, out);
            case Learned.Votes votes -> (row, out) -> votes(votes, row, out);
        };
    }

    /** A row as Smile's trees read it. Its boxing accessors are never called on the way. */
    final class Row extends AbstractTuple {
        private static final long serialVersionUID = 1L;
        private final transient double[] values;

        Row(StructType schema, double[] values) {
            super(schema);
            this.values = values;
        }

        @Override
        public Object get(int input) {
            return values[input];
        }

        @Override
        public double getDouble(int input) {
            return values[input];
        }

        @Override
        public int getInt(int input) {
            return (int) values[input];
        }
    }

    private static void mean(Learned.Forest forest, double[] row, double[] out) {
        RegressionTree[][] groups = forest.groups();
        Row tuple = new Row(groups[0][0].schema(), row);
        for (int g = 0; g < groups.length; g++) {
            double sum = 0;
            for (RegressionTree tree : groups[g]) {
                sum += tree.predict(tuple);
            }
            out[g] = sum / groups[g].length;
        }
        if (out.length == 2) {
            out[1] = out[0];
            out[0] = 1 - out[1];
        } else if (out.length > 2) {
            Probability.shares(out);
        }
    }

    private static void sum(Learned.Boosted boosted, boolean classes, double[] row, double[] out) {
        RegressionTree[][] groups = boosted.groups();
        Row tuple = new Row(groups[0][0].schema(), row);
        for (int g = 0; g < groups.length; g++) {
            double sum = boosted.base()[g];
            for (RegressionTree tree : groups[g]) {
                sum += boosted.rate() * tree.predict(tuple);
            }
            out[g] = sum;
        }
        if (classes && out.length == 2) {
            Probability.binary(2 * out[0], out);
        } else if (classes) {
            Probability.softmax(out);
        }
    }

    private static void votes(Learned.Votes votes, double[] row, double[] out) {
        DecisionTree[] trees = votes.trees();
        Row tuple = new Row(trees[0].schema(), row);
        Arrays.fill(out, 0);
        for (int t = 0; t < trees.length; t++) {
            out[trees[t].predict(tuple)] += votes.weights()[t];
        }
        Probability.shares(out);
    }
}
