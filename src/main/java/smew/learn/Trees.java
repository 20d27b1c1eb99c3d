package smew.learn;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.model.Card;
import smew.model.Encoding;
import smile.data.AbstractTuple;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.measure.NominalScale;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.data.vector.FloatVector;
import smile.data.vector.IntVector;
import smile.data.vector.ValueVector;
import smile.math.MathEx;
import smile.model.cart.Loss;
import smile.regression.RegressionTree;
import smile.sort.QuickSort;

/**
 * Training rows in the shape of Smile's trees, and the making of single trees.
 *
 * <p>Ensembles are put together here and not by Smile 6.3.0's own classes, for four reasons. Its classification trees merge
 * leaves of the same majority, so that a rare class ends in one leaf and one probability: we grow regression trees on the
 * shares of classes, whose splits are the same (Gini is variance). Its ensembles carry fit times, so that no two files are
 * equal. They draw from a generator per thread. And they score all rows out of bag, which costs more than growing.
 */
final class Trees {

    /** Below 11, Smile's regression trees try every place to split; its default looks at 100 only, and is slower. */
    private static final String BINS = "smile.regression_tree.bins";

    private final TrainingRows rows;
    private final DataFrame frame;
    private final Ranks[] ranks;

    private Trees(TrainingRows rows, Ranks[] ranks) {
        this.rows = rows;
        this.frame = frame(rows.inputs(), rows.columns());
        this.ranks = ranks;
    }

    static Trees of(TrainingRows rows) {
        System.setProperty(BINS, "10");
        return new Trees(
                rows,
                IntStream.range(0, rows.columns().length)
                        .parallel()
                        .mapToObj(i -> rows.inputs().get(i).type() == Card.Type.CATEGORY
                                ? Ranks.NONE
                                : Ranks.of(rows.columns()[i]))
                        .toArray(Ranks[]::new));
    }

    /**
     * The numbers of a column, from 0 for the least, so that any of its rows are put in order by counting: faster than picking
     * them from the order of all rows, of which a tree mostly sees a part.
     *
     * @param of each row; empty for a category, which Smile does not want in order
     * @param different how many different ones there are
     */
    private record Ranks(int[] of, int different) {

        static final Ranks NONE = new Ranks(new int[0], 0);

        static Ranks of(float[] column) {
            float[] sorted = column.clone();
            int[] order = QuickSort.sort(sorted);
            int[] ranks = new int[order.length];
            int rank = 0;
            for (int place = 1; place < order.length; place++) {
                rank += sorted[place] > sorted[place - 1] ? 1 : 0;
                ranks[order[place]] = rank;
            }
            return new Ranks(ranks, rank + 1);
        }

        /** The places of some rows by rank; rows of one rank keep their order. */
        int @Nullable [] order(int[] some) {
            if (different == 0) {
                return null;
            }
            int[] next = new int[different + 1];
            for (int row : some) {
                next[of[row] + 1]++;
            }
            for (int rank = 1; rank <= different; rank++) {
                next[rank] += next[rank - 1];
            }
            int[] order = new int[some.length];
            for (int place = 0; place < some.length; place++) {
                order[next[of[some[place]]]++] = place;
            }
            return order;
        }
    }

    private static DataFrame frame(List<Card.Input> inputs, float[][] columns) {
        return new DataFrame(IntStream.range(0, columns.length)
                .mapToObj(i -> vector(inputs.get(i), columns[i]))
                .toArray(ValueVector[]::new));
    }

    private static ValueVector vector(Card.Input input, float[] column) {
        if (input.type() != Card.Type.CATEGORY) {
            return new FloatVector(input.name(), column);
        }
        int[] codes = new int[column.length];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = (int) column[row];
        }
        String[] numbered = IntStream.range(0, Encoding.codes(input))
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        return new IntVector(new StructField(input.name(), DataTypes.IntType, new NominalScale(numbered)), codes);
    }

    /** One training row as a tree reads it. */
    Tuple row(int row) {
        return new Row(frame.schema(), rows.columns(), row);
    }

    /** A row of columns. Its boxing accessor is never called on the way. */
    private static final class Row extends AbstractTuple {
        private static final long serialVersionUID = 1L;
        private final transient float[][] columns;
        private final transient int row;

        Row(StructType schema, float[][] columns, int row) {
            super(schema);
            this.columns = columns;
            this.row = row;
        }

        @Override
        public Object get(int input) {
            return columns[input][row];
        }

        @Override
        public double getDouble(int input) {
            return columns[input][row];
        }

        @Override
        public int getInt(int input) {
            return (int) columns[input][row];
        }
    }

    DataFrame frame() {
        return frame;
    }

    /** The rows of each input in the order of its numbers; null for a category. */
    int[][] order() {
        return order(IntStream.range(0, rows.size()).toArray());
    }

    private int[][] order(int[] some) {
        return Arrays.stream(ranks).map(ranked -> ranked.order(some)).toArray(int[][]::new);
    }

    /** How a tree is limited. */
    record Limits(int depth, int leaves, int leafRows, int inputsPerSplit) {
        /** Of a class that is rare, a leaf needs no more than one in so many rows: else no tree would ever part it. */
        private static final int RARE = 10;

        private static final int GREATEST = 1_000_000_000;

        static Limits of(Chosen chosen, int inputsPerSplit, TrainingRows rows) {
            return of(
                    chosen,
                    inputsPerSplit,
                    rows,
                    Arrays.stream(rows.wholeWeights()).max().orElse(1));
        }

        /**
         * Limits where Smile adds up how often the rows of a leaf count: with class weights, a few rows of a rare class must
         * not pass for many.
         *
         * @param rare how often a row of the rarest class counts
         */
        static Limits of(Chosen chosen, int inputsPerSplit, TrainingRows rows, double rare) {
            int leafRows = chosen.integer("min-leaf-rows");
            if (rows.weighted()) {
                int least = Math.min(leafRows, Math.max(1, rows.rarest() / RARE));
                leafRows = (int) Math.clamp(Math.ceil(least * rare), leafRows, GREATEST);
            }
            return new Limits(chosen.integer("max-depth"), chosen.integer("max-leaves"), leafRows, inputsPerSplit);
        }
    }

    /**
     * Grows one regression tree per array of labels.
     *
     * @param counts how often each row counts
     * @param draws decide which inputs are tried at each split
     */
    RegressionTree[] grow(
            List<double[]> outputs, Function<double[], Loss> loss, Limits limits, int[] counts, Draws draws) {
        int[] drawn =
                IntStream.range(0, counts.length).filter(row -> counts[row] > 0).toArray();
        // From drawn rows alone: for each split Smile clears an array of the length of its table.
        DataFrame some = drawn.length == counts.length ? frame : frame(rows.inputs(), picked(drawn));
        int[] often = Arrays.stream(drawn).map(row -> counts[row]).toArray();
        int[][] order = order(drawn);
        return outputs.stream()
                .map(output -> {
                    double[] labels =
                            Arrays.stream(drawn).mapToDouble(row -> output[row]).toArray();
                    MathEx.setSeed(draws.next());
                    return new RegressionTree(
                            some,
                            loss.apply(labels),
                            new StructField("output", DataTypes.DoubleType),
                            limits.depth(),
                            limits.leaves(),
                            limits.leafRows(),
                            limits.inputsPerSplit(),
                            often,
                            order);
                })
                .toArray(RegressionTree[]::new);
    }

    private float[][] picked(int[] some) {
        return Arrays.stream(rows.columns())
                .map(column -> {
                    float[] picked = new float[some.length];
                    for (int place = 0; place < some.length; place++) {
                        picked[place] = column[some[place]];
                    }
                    return picked;
                })
                .toArray(float[][]::new);
    }

    /** 1 for rows of the class, 0 for others. */
    static double[] shares(int[] codes, int code) {
        return Arrays.stream(codes).mapToDouble(c -> c == code ? 1 : 0).toArray();
    }

    /** The labels that one group of trees each learns: the number, the second of two classes, or each class. */
    static List<double[]> outputs(TrainingRows rows) {
        if (rows.classes() == 0) {
            return List.of(rows.numbers());
        }
        if (rows.classes() == 2) {
            return List.of(shares(rows.codes(), 1));
        }
        return IntStream.range(0, rows.classes())
                .mapToObj(code -> shares(rows.codes(), code))
                .toList();
    }

    /** Adds up what trees say of the share of each input, in the order of the inputs. */
    static double[] importance(Supplier<java.util.stream.Stream<double[]>> trees, int inputs) {
        double[] sum = new double[inputs];
        trees.get().forEachOrdered(tree -> {
            for (int i = 0; i < inputs; i++) {
                sum[i] += tree[i];
            }
        });
        return sum;
    }
}
