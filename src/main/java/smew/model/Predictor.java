package smew.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Relation;

/** A loaded model: immutable, safe for any number of threads. */
public final class Predictor {

    /** Rows below this are scored by the calling thread alone. */
    private static final int PARALLEL_ROWS = 4096;

    /** Problems reported at most for one call: a client that sends a wrong column does so in every row. */
    private static final int PROBLEMS = 100;

    private final Card card;
    private final Scorer scorer;
    private final Calibrator calibrator;
    private final Encoding[] encodings;
    private final Outcomes outcomes;
    private volatile @Nullable Bound bound;

    /** The inputs of a table, kept for the next call: a server asks for one row of the same table again and again. */
    private record Bound(Table table, Encoding.Cells[] cells) {
        /** The very same table: comparing content would cost more than is saved. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Table other) {
            return table == other;
        }
    }

    private Predictor(Card card, Scorer scorer) {
        this.card = card;
        this.scorer = scorer;
        this.calibrator = Calibrator.of(card);
        this.encodings = card.inputs().stream().map(Encoding::new).toArray(Encoding[]::new);
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
     * Loads models/NAME of a release: card.json, then the artefact after its digest was checked, through an allow-list.
     *
     * @throws SmewException DATA, naming the file that is missing, damaged or of an unknown format
     */
    public static Predictor load(Path directory) {
        Card card = CardFile.read(directory);
        return of(card, Artefact.read(directory, card.artefact()));
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
    public List<Prediction> predict(Table table, int[] rows) {
        Prediction[] predictions = new Prediction[rows.length];
        score(table, rows, (index, scores) -> predictions[index] = outcomes.prediction(scores));
        return Arrays.asList(predictions);
    }

    /** Hears the scores of one row; called from several threads, once per row. The array is reused. */
    @FunctionalInterface
    public interface Scores {
        void of(int index, double[] scores);
    }

    /** As {@link #predict(Table, int[])}, without an object per row: probabilities per class, corrected as the card has it, or one number. */
    public void score(Table table, int[] rows, Scores target) {
        score(cells(table, rows.length), rows, target);
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
        double[] row = new double[cells.length];
        double[] scores = new double[outcomes.scores()];
        List<Problem> problems = new ArrayList<>();
        for (int index = from; index < to; index++) {
            for (int i = 0; i < row.length; i++) {
                row[i] = present(cells[i].at(rows[index]), i, index, problems);
            }
            refuse(problems);
            scorer.score(row, scores);
            calibrator.correct(scores);
            target.of(index, scores);
        }
    }

    /**
     * Predictions for rows given by input name: Number, Boolean, String or null. Other names are ignored.
     *
     * @throws SmewException DATA, naming row (from 0) and column of every value that does not fit
     */
    public List<Prediction> predict(List<Map<String, @Nullable Object>> rows) {
        double[][] encoded = new double[rows.size()][encodings.length];
        List<Problem> problems = new ArrayList<>();
        for (int r = 0; r < encoded.length && problems.size() < PROBLEMS; r++) {
            Map<String, @Nullable Object> values = rows.get(r);
            for (int i = 0; i < encodings.length; i++) {
                encoded[r][i] = value(values, i, r, problems);
            }
        }
        refuse(problems);
        double[] scores = new double[outcomes.scores()];
        List<Prediction> predictions = new ArrayList<>(encoded.length);
        for (double[] row : encoded) {
            scorer.score(row, scores);
            calibrator.correct(scores);
            predictions.add(outcomes.prediction(scores));
        }
        return predictions;
    }

    private double value(Map<String, @Nullable Object> values, int input, int row, List<Problem> problems) {
        String name = card.inputs().get(input).name();
        Object value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            problems.add(new Problem(
                    "row " + row + ", column " + name, "is missing. Send every input of the model, null if unknown."));
            return 0;
        }
        int before = problems.size();
        double encoded = encodings[input].value(value, row, problems);
        return problems.size() > before ? 0 : present(encoded, input, row, problems);
    }

    /** The inputs without a value that keep a row from being scored; none where the model replaces what is missing. */
    public List<String> missing(Table table, int row) {
        if (card.missing() != Relation.Missing.ERROR) {
            return List.of();
        }
        Encoding.Cells[] cells = cells(table, 1);
        return IntStream.range(0, cells.length)
                .filter(i -> Double.isNaN(cells[i].at(row)))
                .mapToObj(i -> card.inputs().get(i).name())
                .toList();
    }

    /**
     * The rows that cannot be scored, by the input that they lack and may not lack; empty where the model replaces what is
     * missing.
     *
     * @throws SmewException DATA where the table lacks an input
     */
    Map<String, BitSet> lacking(Table table) {
        if (card.missing() != Relation.Missing.ERROR) {
            return Map.of();
        }
        Encoding.Cells[] cells = cells(table, table.rows());
        Map<String, BitSet> lacking = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            BitSet rows = new BitSet();
            for (int row = 0; row < table.rows(); row++) {
                rows.set(row, Double.isNaN(cells[i].at(row)));
            }
            if (!rows.isEmpty()) {
                lacking.put(card.inputs().get(i).name(), rows);
            }
        }
        return lacking;
    }

    private double present(double value, int input, int row, List<Problem> problems) {
        if (!Double.isNaN(value)) {
            return value;
        }
        if (card.missing() == Relation.Missing.ERROR) {
            problems.add(new Problem(
                    "row " + row + ", column " + card.inputs().get(input).name(),
                    "has no value, and model " + card.name() + " allows none (@missing error)."));
        }
        return card.inputs().get(input).replacement();
    }

    private void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Model " + card.name() + " cannot score these rows", problems);
        }
    }

    private Encoding.Cells[] cells(Table table, int reads) {
        Bound known = bound;
        if (known != null && known.isOf(table) && reads < PARALLEL_ROWS) {
            return known.cells();
        }
        Encoding.Cells[] cells = new Encoding.Cells[encodings.length];
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            Card.Input input = card.inputs().get(i);
            Column column = table.column(input.name()).orElse(null);
            if (column == null || !Encoding.type(column).equals(Optional.of(input.type()))) {
                String found = column == null ? "is missing" : "is of another type";
                problems.add(new Problem("column " + input.name(), found + ", expected a " + input.type() + "."));
            } else {
                cells[i] = encodings[i].cells(column, reads);
            }
        }
        refuse(problems);
        if (reads < PARALLEL_ROWS) {
            bound = new Bound(table, cells);
        }
        return cells;
    }
}
