package smew.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.SmewException;
import smew.columns.Table;

/** A loaded model: immutable, safe for any number of threads. */
public final class Predictor {

    /** Rows below this are scored by the calling thread alone. */
    private static final int PARALLEL_ROWS = 4096;

    /** Rows that are encoded and scored together: with the trees that they go through they fit into a cache next to the processor. */
    private static final int BLOCK = 256;

    /** Rows that one thread explains before it asks for more: some milliseconds of work. */
    private static final int EXPLAINED = 16;

    private final Card card;
    private final Scorer scorer;
    private final Calibrator calibrator;
    private final InputRows inputs;
    private final Outcomes outcomes;

    private Predictor(Card card, Scorer scorer) {
        this.card = card;
        this.scorer = scorer;
        this.calibrator = Calibrator.of(card);
        this.inputs = new InputRows(card);
        this.outcomes = new Outcomes(card);
    }

    /** A model that was just learned. The card's metrics and artefact do not matter here. */
    public static Predictor of(Card card, Learned learned) {
        return new Predictor(card, Scorer.of(card, learned));
    }

    /** The same model under a card that differs in how probabilities are corrected and classes decided. */
    public Predictor with(Card decided) {
        return new Predictor(decided, scorer);
    }

    /**
     * Loads models/NAME of a release: card.json, then the artefact after its digest was checked.
     *
     * @throws SmewException DATA, naming the file that is missing, damaged or of an unknown format
     */
    public static Predictor load(Path directory) {
        Card card = CardFile.read(directory);
        Artefact.compare(directory, card.artefact());
        return load(directory, card);
    }

    /** The same of files that were compared with the manifest of a release before. */
    public static Predictor released(Path directory) {
        return load(directory, CardFile.read(directory));
    }

    private static Predictor load(Path directory, Card card) {
        return new Predictor(card, Artefact.read(directory, card.artefact(), card));
    }

    /**
     * Writes what {@link #load} reads beside a card.
     *
     * @return what the card must say of it
     * @throws SmewException OUTSIDE when the file system refuses
     */
    public Card.ArtefactFile write(Path directory) {
        return Artefact.write(directory, scorer);
    }

    public Card card() {
        return card;
    }

    /**
     * Predictions for the given rows of a table that has the model's inputs among its columns, in the order given.
     *
     * @param rows row numbers of the table
     * @throws SmewException DATA where the table lacks an input, or a null meets a model that allows none
     */
    public ScoredRows predict(Table table, int[] rows) {
        ScoredRows predictions = new ScoredRows(outcomes, rows.length);
        score(table, rows, predictions::set);
        return predictions;
    }

    /** Hears the scores of one row; called from several threads, once per row. The array is reused. */
    @FunctionalInterface
    public interface Scores {
        void of(int index, double[] scores);
    }

    /** As {@link #predict(Table, int[])}, without an object per row: probabilities per class, corrected as the card has it, or one number. */
    public void score(Table table, int[] rows, Scores target) {
        score(inputs.cells(table, rows.length), rows, target);
    }

    private void score(Encoding.Cells[] cells, int[] rows, Scores target) {
        if (rows.length < PARALLEL_ROWS) {
            score(cells, rows, 0, rows.length, target);
            return;
        }
        int chunks = (rows.length + PARALLEL_ROWS - 1) / PARALLEL_ROWS;
        IntStream.range(0, chunks)
                .parallel()
                .forEach(chunk -> score(
                        cells,
                        rows,
                        chunk * PARALLEL_ROWS,
                        Math.min(rows.length, (chunk + 1) * PARALLEL_ROWS),
                        target));
    }

    /**
     * The same for rows as a learner sees them.
     *
     * @param columns one per input, encoded by {@link Encoding}, nothing missing
     */
    public void score(float[][] columns, int[] rows, Scores target) {
        Encoding.Cells[] cells = Arrays.stream(columns)
                .map(column -> (Encoding.Cells) row -> column[row])
                .toArray(Encoding.Cells[]::new);
        score(cells, rows, target);
    }

    private void score(Encoding.Cells[] cells, int[] rows, int from, int to, Scores target) {
        double[] encoded = new double[Math.min(BLOCK, to - from) * cells.length];
        for (int start = from; start < to; start += BLOCK) {
            int first = start;
            int count = Math.min(BLOCK, to - start);
            inputs.encode(cells, rows, start, count, encoded);
            score(encoded, count, (index, scores) -> target.of(first + index, scores));
        }
    }

    /** Scores encoded rows, and corrects what the scorer says. */
    private void score(double[] encoded, int count, Scores target) {
        scorer.score(encoded, count, (index, scores) -> {
            calibrator.correct(scores);
            target.of(index, scores);
        });
    }

    /**
     * Why the model says what it says of a row: what each input adds to it or takes from it, before any calibration. Of two
     * classes the positive one is explained, of more the predicted one.
     *
     * @param row number in the table
     * @throws SmewException as {@link #predict(Table, int[])}
     */
    public Explanation explain(Table table, int row) {
        Explanation[] explained = new Explanation[1];
        explain(
                table,
                new int[] {row},
                (_, outcome, sum, amounts) -> explained[0] = explanation(outcome, sum, amounts));
        return explained[0];
    }

    private Explanation explanation(int outcome, Scorer.Sum sum, double[] amounts) {
        return new Explanation(
                scorer.explains(),
                card.classes().isEmpty() ? Optional.empty() : Optional.of(outcomes.value(outcome)),
                sum.baseline(),
                sum.value(),
                IntStream.range(0, amounts.length)
                        .mapToObj(input -> new Explanation.Contribution(
                                card.inputs().get(input).name(), amounts[input]))
                        .toList());
    }

    /** The same for many rows, on all cores and without an object per input. */
    void explain(Table table, int[] rows, Explanation.Target target) {
        Encoding.Cells[] cells = inputs.cells(table, rows.length);
        if (rows.length <= EXPLAINED) {
            explain(cells, rows, 0, rows.length, target);
            return;
        }
        IntStream.range(0, (rows.length + EXPLAINED - 1) / EXPLAINED)
                .parallel()
                .forEach(chunk -> explain(
                        cells, rows, chunk * EXPLAINED, Math.min(EXPLAINED, rows.length - chunk * EXPLAINED), target));
    }

    private void explain(Encoding.Cells[] cells, int[] rows, int from, int count, Explanation.Target target) {
        double[] encoded = new double[count * cells.length];
        inputs.encode(cells, rows, from, count, encoded);
        int[] explained = explained(encoded, count);
        double[] amounts = new double[cells.length];
        for (int row = 0; row < count; row++) {
            double[] one = Arrays.copyOfRange(encoded, row * cells.length, (row + 1) * cells.length);
            target.of(from + row, explained[row], scorer.explain(one, explained[row], amounts), amounts);
        }
    }

    /** The outcome of each row that is explained. */
    private int[] explained(double[] encoded, int count) {
        int[] explained = new int[count];
        if (card.classes().size() > 2) {
            score(encoded, count, (index, scores) -> explained[index] = outcomes.predicted(scores));
        } else if (!card.classes().isEmpty()) {
            Arrays.fill(explained, card.positiveIndex());
        }
        return explained;
    }

    /** What {@link #explain(Table, int)} explains. */
    Explanation.Explains explains() {
        return scorer.explains();
    }

    /** Predictions for no row yet. */
    public ScoredRows nothing() {
        return new ScoredRows(outcomes, 0);
    }

    /**
     * Predictions for rows given by input name: Number, Boolean, String or null. Other names are ignored.
     *
     * @throws SmewException DATA, naming row (from 0) and column of every value that does not fit
     */
    public ScoredRows predict(List<Map<String, @Nullable Object>> rows) {
        return predict(rows, 0);
    }

    /**
     * The same for rows behind others.
     *
     * @param first what messages call the first of them
     */
    public ScoredRows predict(List<Map<String, @Nullable Object>> rows, int first) {
        double[] encoded = inputs.encoded(rows, first);
        ScoredRows predictions = new ScoredRows(outcomes, rows.size());
        int width = card.inputs().size();
        for (int from = 0; from < rows.size(); from += BLOCK) {
            int start = from;
            int count = Math.min(BLOCK, rows.size() - from);
            double[] block = Arrays.copyOfRange(encoded, from * width, (from + count) * width);
            score(block, count, (index, scores) -> predictions.set(start + index, scores));
        }
        return predictions;
    }

    /**
     * Predictions for all rows of a table that nobody asks for again.
     *
     * @param rows with the model's inputs among their columns
     * @param first what messages call the first of them
     * @throws SmewException DATA where an input is lacking, naming row and column of every null that the model does not allow
     */
    public ScoredRows predict(Table rows, int first) {
        Encoding.Cells[] cells = inputs.cells(rows);
        inputs.refuseMissing(cells, rows.rows(), first);
        ScoredRows predictions = new ScoredRows(outcomes, rows.rows());
        score(cells, IntStream.range(0, rows.rows()).toArray(), predictions::set);
        return predictions;
    }

    /** The inputs without a value that keep a row from being scored; none where the model replaces what is missing. */
    public List<String> missing(Table table, int row) {
        return inputs.missing(table, row);
    }

    /** Whether a row that lacks an input cannot be scored, because nothing replaces it. */
    public boolean refusesMissing() {
        return inputs.refusesMissing();
    }

    /** The rows that cannot be scored, as {@link InputRows#lacking} has them. */
    Map<String, BitSet> lacking(Table table) {
        return inputs.lacking(table);
    }
}
