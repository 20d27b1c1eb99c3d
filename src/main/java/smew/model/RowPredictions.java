package smew.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import smew.base.SmewException;
import smew.columns.Table;

/**
 * What a model says of the rows of one table, none of which ever changes: each row is scored when it is first asked for, and its scores
 * are remembered. Safe for any number of threads; two that ask for a row at once may both score it.
 */
public final class RowPredictions {

    /** Tables with more scores are not remembered: 32 MB. */
    private static final int MOST = 4_000_000;

    private static final VarHandle SCORE = MethodHandles.arrayElementVarHandle(double[].class);

    private final Predictor predictor;
    private final Table table;
    private final Outcomes outcomes;
    private final double[] remembered;

    /** Scores nothing yet. */
    public RowPredictions(Predictor predictor, Table table) {
        this.predictor = predictor;
        this.table = table;
        this.outcomes = new Outcomes(predictor.card());
        long scores = (long) table.rows() * outcomes.scores();
        this.remembered = new double[scores <= MOST ? (int) scores : 0];
        Arrays.fill(remembered, Double.NaN);
    }

    /**
     * Predictions in the order given.
     *
     * @param rows row numbers of the table
     * @throws SmewException as {@link Predictor#predict(Table, int[])}
     */
    public ScoredRows of(int[] rows) {
        if (remembered.length == 0) {
            return predictor.predict(table, rows);
        }
        scoreUnknown(rows);
        double[] scores = new double[outcomes.scores()];
        ScoredRows predictions = new ScoredRows(outcomes, rows.length);
        for (int index = 0; index < rows.length; index++) {
            System.arraycopy(remembered, rows[index] * scores.length, scores, 0, scores.length);
            predictions.set(index, scores);
        }
        return predictions;
    }

    private void scoreUnknown(int[] rows) {
        int[] unknown = new int[rows.length];
        int count = 0;
        for (int row : rows) {
            if (!isKnown(row)) {
                unknown[count++] = row;
            }
        }
        if (count > 0) {
            int[] scored = Arrays.copyOf(unknown, count);
            predictor.score(table, scored, (index, scores) -> write(scored[index], scores));
        }
    }

    private boolean isKnown(int row) {
        return !Double.isNaN((double) SCORE.getAcquire(remembered, row * outcomes.scores()));
    }

    /** The first score last: whoever sees it sees the others. */
    private void write(int row, double[] scores) {
        int from = row * scores.length;
        System.arraycopy(scores, 1, remembered, from + 1, scores.length - 1);
        SCORE.setRelease(remembered, from, scores[0]);
    }
}
