package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Encoding;
import smew.project.Relation;

/**
 * Encoded training rows, as algorithms see them.
 *
 * @param columns one array per input, single precision as {@link Encoding} makes numbers, nulls replaced
 * @param codes class of each row; empty for regression
 * @param numbers label of each row; empty for classification
 * @param classes how many; 0 for regression
 * @param weights how many times each class counts under {@code @resample class-weight}; else empty, every row counting once
 */
record TrainingRows(
        List<Card.Input> inputs, float[][] columns, int[] codes, double[] numbers, int classes, double[] weights) {

    /** Whole weights are right to one part in so many of the most frequent class's. */
    private static final int PRECISION = 12;

    /** Smile adds whole weights up as integers. */
    private static final int GREATEST_SUM = 1 << 30;

    /**
     * Encodes rows of a table.
     *
     * @param labelled indices into the target's rows
     */
    static TrainingRows of(List<Card.Input> inputs, Table table, Target target, int[] labelled) {
        int[] rows = Arrays.stream(labelled).map(r -> target.rows()[r]).toArray();
        List<float[]> columns = new ArrayList<>();
        for (Card.Input input : inputs) {
            Encoding.Cells cells =
                    new Encoding(input).cells(table.column(input.name()).orElseThrow(), rows.length);
            float[] column = new float[rows.length];
            for (int r = 0; r < rows.length; r++) {
                double value = cells.at(rows[r]);
                column[r] = (float) (Double.isNaN(value) ? input.replacement() : value);
            }
            columns.add(column);
        }
        boolean classes = target.classCount() > 0;
        return new TrainingRows(
                inputs,
                columns.toArray(float[][]::new),
                classes ? Arrays.stream(labelled).map(r -> target.codes()[r]).toArray() : new int[0],
                classes
                        ? new double[0]
                        : Arrays.stream(labelled)
                                .mapToDouble(r -> target.numbers()[r])
                                .toArray(),
                target.classCount(),
                new double[0]);
    }

    /** Some of these rows. */
    TrainingRows pick(int[] rows) {
        return new TrainingRows(
                inputs,
                Arrays.stream(columns)
                        .map(column -> {
                            float[] picked = new float[rows.length];
                            for (int r = 0; r < rows.length; r++) {
                                picked[r] = column[rows[r]];
                            }
                            return picked;
                        })
                        .toArray(float[][]::new),
                classes > 0 ? Arrays.stream(rows).map(row -> codes[row]).toArray() : codes,
                classes > 0
                        ? numbers
                        : Arrays.stream(rows).mapToDouble(row -> numbers[row]).toArray(),
                classes,
                weights);
    }

    /** The same rows after {@code @resample}. */
    TrainingRows resampled(Relation.Resample resample, long seed) {
        return switch (resample) {
            case NONE -> this;
            case CLASS_WEIGHT -> new TrainingRows(inputs, columns, codes, numbers, classes, balance());
            case SMOTE -> Smote.balance(this, seed);
        };
    }

    /** Every class counts as much as the most frequent one. */
    private double[] balance() {
        int[] counts = counts();
        int most = Arrays.stream(counts).max().orElse(1);
        return Arrays.stream(counts).mapToDouble(count -> (double) most / count).toArray();
    }

    /** Rows of each class. */
    int[] counts() {
        int[] counts = new int[classes];
        for (int code : codes) {
            counts[code]++;
        }
        return counts;
    }

    /** Rows of the rarest class; all rows for regression. */
    int rarest() {
        return Arrays.stream(counts()).min().orElse(size());
    }

    int size() {
        return columns[0].length;
    }

    Learner.Extent extent() {
        return new Learner.Extent(size(), inputs.size(), classes);
    }

    boolean weighted() {
        return weights.length > 0;
    }

    /** How much one row counts. */
    double weight(int row) {
        return weighted() ? weights[codes[row]] : 1;
    }

    /** How much a row of each class counts, for trees, which take whole numbers: weights times a common factor. */
    int[] wholeWeights() {
        if (!weighted()) {
            return IntStream.range(0, classes).map(code -> 1).toArray();
        }
        double sum = (double) classes * Arrays.stream(counts()).max().orElse(1);
        double scale = Math.clamp(Math.floor(GREATEST_SUM / sum), 1, PRECISION);
        int[] whole = Arrays.stream(weights)
                .mapToInt(weight -> (int) Math.round(scale * weight))
                .toArray();
        int divisor = Arrays.stream(whole).reduce(0, TrainingRows::divisor);
        return Arrays.stream(whole).map(weight -> weight / divisor).toArray();
    }

    private static int divisor(int left, int right) {
        return right == 0 ? left : divisor(right, left % right);
    }

    /** How often each row counts for trees. */
    int[] wholeCounts() {
        int[] whole = wholeWeights();
        return IntStream.range(0, size())
                .map(row -> classes == 0 ? 1 : whole[codes[row]])
                .toArray();
    }
}
