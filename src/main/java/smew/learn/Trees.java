package smew.learn;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
    private final int[][] order;

    private Trees(TrainingRows rows, DataFrame frame, int[][] order) {
        this.rows = rows;
        this.frame = frame;
        this.order = order;
    }

    static Trees of(TrainingRows rows) {
        System.setProperty(BINS, "10");
        int[][] order = new int[rows.columns().length][];
        IntStream.range(0, order.length).parallel().forEach(i -> {
            if (rows.inputs().get(i).type() != Card.Type.CATEGORY) {
                order[i] = QuickSort.sort(rows.columns()[i].clone());
            }
        });
        return new Trees(rows, frame(rows.inputs(), rows.columns()), order);
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

    int[][] order() {
        return order;
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
     * Grows one regression tree.
     *
     * @param counts how often each row counts
     * @param seed decides which inputs are tried at each split
     */
    RegressionTree grow(Loss loss, Limits limits, int[] counts, long seed) {
        MathEx.setSeed(seed);
        StructField output = new StructField("output", DataTypes.DoubleType);
        return new RegressionTree(
                frame,
                loss,
                output,
                limits.depth(),
                limits.leaves(),
                limits.leafRows(),
                limits.inputsPerSplit(),
                counts,
                order);
    }

    /**
     * Grows one tree per array of labels, from drawn rows alone: for each split Smile clears an array of the length of its
     * table.
     *
     * @param counts how often each row counts, 0 for a row that was not drawn
     */
    RegressionTree[] grow(
            List<double[]> outputs, Function<double[], Loss> loss, Limits limits, int[] counts, Draws draws) {
        int[] drawn =
                IntStream.range(0, counts.length).filter(row -> counts[row] > 0).toArray();
        int[] places = new int[counts.length];
        for (int place = 0; place < drawn.length; place++) {
            places[drawn[place]] = place;
        }
        float[][] columns = new float[order.length][];
        int[][] orders = new int[order.length][];
        for (int i = 0; i < order.length; i++) {
            columns[i] = new float[drawn.length];
            for (int place = 0; place < drawn.length; place++) {
                columns[i][place] = rows.columns()[i][drawn[place]];
            }
            orders[i] = order[i] == null ? null : thinned(order[i], counts, places, drawn.length);
        }
        Trees some = new Trees(rows, frame(rows.inputs(), columns), orders);
        int[] picked = Arrays.stream(drawn).map(row -> counts[row]).toArray();
        return outputs.stream()
                .map(output -> {
                    double[] labels =
                            Arrays.stream(drawn).mapToDouble(row -> output[row]).toArray();
                    return some.grow(loss.apply(labels), limits, picked, draws.next());
                })
                .toArray(RegressionTree[]::new);
    }

    private static int[] thinned(int[] order, int[] counts, int[] places, int size) {
        int[] thinned = new int[size];
        int next = 0;
        for (int row : order) {
            if (counts[row] > 0) {
                thinned[next++] = places[row];
            }
        }
        return thinned;
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
