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
 * @param weights how many times each class counts
 */
record TrainingRows(
        List<Card.Input> inputs, float[][] columns, int[] codes, double[] numbers, int classes, int[] weights) {

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
                IntStream.range(0, target.classCount()).map(c -> 1).toArray());
    }

    /** The same rows after {@code @resample}. */
    TrainingRows resampled(Relation.Resample resample, long seed) {
        return switch (resample) {
            case NONE -> this;
            case CLASS_WEIGHT -> new TrainingRows(inputs, columns, codes, numbers, classes, balance());
            case SMOTE -> Smote.balance(this, seed);
        };
    }

    /** Every class counts as often as the most frequent one, as nearly as whole numbers can. */
    private int[] balance() {
        int[] counts = counts();
        int most = Arrays.stream(counts).max().orElse(1);
        return Arrays.stream(counts)
                .map(count -> Math.max(1, Math.round((float) most / count)))
                .toArray();
    }

    /** Rows of each class. */
    int[] counts() {
        int[] counts = new int[classes];
        for (int code : codes) {
            counts[code]++;
        }
        return counts;
    }

    int size() {
        return columns[0].length;
    }

    boolean weighted() {
        return Arrays.stream(weights).anyMatch(weight -> weight != 1);
    }

    /** How often one row counts. */
    int weight(int row) {
        return classes == 0 ? 1 : weights[codes[row]];
    }
}
