package smew.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import smew.model.Card;

/**
 * Synthetic rows for rare classes until every class has as many as the most frequent one (SMOTE; Chawla et al. 2002): each
 * lies between a row and one of its nearest rows of the same class.
 *
 * <p>Not Smile 6.3.0's own, which knows two classes, adds a multiple of the rare one instead of balancing, searches
 * neighbours anew for every synthetic row, and interpolates the codes of categories. Here a category or boolean is that of
 * one of the two rows, so that it is always a value that exists. Distance is taken over standardised numbers and booleans.
 */
final class Smote {

    private static final int NEIGHBOURS = 5;

    /** Neighbours are looked for among that many rows of the class, drawn at random: all pairs of a large class take hours. */
    private static final int CANDIDATES = 2_000;

    private final TrainingRows rows;
    private final boolean[] continuous;
    private final float[] scales;

    private Smote(TrainingRows rows) {
        this.rows = rows;
        int inputs = rows.columns().length;
        continuous = new boolean[inputs];
        scales = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            Card.Type type = rows.inputs().get(i).type();
            continuous[i] = type == Card.Type.NUMBER;
            scales[i] = type == Card.Type.CATEGORY ? 0 : scale(rows.columns()[i]);
        }
    }

    /** The given rows, followed by synthetic ones. */
    static TrainingRows balance(TrainingRows rows, long seed) {
        Smote smote = new Smote(rows);
        int[] counts = rows.counts();
        int most = Arrays.stream(counts).max().orElse(0);
        int size = most * counts.length;
        float[][] columns = Arrays.stream(rows.columns())
                .map(column -> Arrays.copyOf(column, size))
                .toArray(float[][]::new);
        int[] codes = Arrays.copyOf(rows.codes(), size);
        int next = rows.size();
        for (int code = 0; code < counts.length; code++) {
            Arrays.fill(codes, next, next + most - counts[code], code);
            smote.synthesise(code, columns, next, most - counts[code], Draws.of(seed, -1L - code));
            next += most - counts[code];
        }
        return new TrainingRows(rows.inputs(), columns, codes, rows.numbers(), rows.classes(), rows.weights());
    }

    /** 1 / standard deviation; 0 for a constant, which has no part in distances. */
    private static float scale(float[] column) {
        double mean = 0;
        for (float value : column) {
            mean += (double) value / column.length;
        }
        double squares = 0;
        for (float value : column) {
            squares += (value - mean) * (value - mean) / column.length;
        }
        return squares > 0 && Double.isFinite(squares) ? (float) (1 / Math.sqrt(squares)) : 0;
    }

    private void synthesise(int code, float[][] columns, int from, int count, Draws draws) {
        int[] members = IntStream.range(0, rows.size())
                .filter(row -> rows.codes()[row] == code)
                .toArray();
        int[] candidates = Arrays.stream(draws.sample(members.length, Math.min(CANDIDATES, members.length)))
                .map(member -> members[member])
                .toArray();
        int[][] nearest = count == 0
                ? new int[0][]
                : Arrays.stream(members)
                        .parallel()
                        .mapToObj(row -> nearest(row, candidates))
                        .toArray(int[][]::new);
        for (int made = 0; made < count; made++) {
            int member = draws.below(members.length);
            int one = members[member];
            int other = nearest[member].length == 0 ? one : nearest[member][draws.below(nearest[member].length)];
            double share = draws.unit();
            for (int i = 0; i < columns.length; i++) {
                float a = columns[i][one];
                float b = columns[i][other];
                columns[i][from + made] =
                        continuous[i] ? (float) (a + share * ((double) b - a)) : draws.unit() < share ? b : a;
            }
        }
    }

    /** The nearest candidates of a row, itself left out; of equally near ones those drawn first. */
    private int[] nearest(int row, int[] candidates) {
        int[] nearest = new int[NEIGHBOURS];
        double[] distances = new double[NEIGHBOURS];
        int found = 0;
        for (int candidate : candidates) {
            if (candidate == row) {
                continue;
            }
            double distance = distance(row, candidate);
            if (found < NEIGHBOURS || distance < distances[NEIGHBOURS - 1]) {
                int place = Math.min(found, NEIGHBOURS - 1);
                while (place > 0 && distances[place - 1] > distance) {
                    distances[place] = distances[place - 1];
                    nearest[place] = nearest[place - 1];
                    place--;
                }
                distances[place] = distance;
                nearest[place] = candidate;
                found = Math.min(found + 1, NEIGHBOURS);
            }
        }
        return Arrays.copyOf(nearest, found);
    }

    private double distance(int left, int right) {
        double sum = 0;
        for (int i = 0; i < scales.length; i++) {
            if (scales[i] > 0) {
                double apart = ((double) rows.columns()[i][left] - rows.columns()[i][right]) * scales[i];
                sum += apart * apart;
            }
        }
        return sum;
    }
}
