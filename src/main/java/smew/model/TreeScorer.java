package smew.model;

import java.util.Arrays;
import smile.classification.DecisionTree;
import smile.data.AbstractTuple;
import smile.data.type.StructType;
import smile.regression.RegressionTree;

/** Scores with Smile's trees. */
final class TreeScorer {

    private TreeScorer() {}

    /** A row as Smile's trees read it. Its boxing accessors are never called on the way. */
    private static final class Row extends AbstractTuple {
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

    /** Averages. */
    record Mean(Learned.Forest forest) implements Scorer {
        @Override
        public void score(double[] row, double[] out) {
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
    }

    /** Adds up. */
    record Sum(Learned.Boosted boosted, boolean classes) implements Scorer {
        @Override
        public void score(double[] row, double[] out) {
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
    }

    /** Counts weighted votes. */
    record Vote(Learned.Votes votes) implements Scorer {
        @Override
        public void score(double[] row, double[] out) {
            DecisionTree[] trees = votes.trees();
            Row tuple = new Row(trees[0].schema(), row);
            Arrays.fill(out, 0);
            for (int t = 0; t < trees.length; t++) {
                out[trees[t].predict(tuple)] += votes.weights()[t];
            }
            Probability.shares(out);
        }
    }
}
