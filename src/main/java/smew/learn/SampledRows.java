package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Predictor;

/**
 * Some held-out rows in a table of their own, of which single columns can be replaced.
 *
 * @param labelled which they are, rising
 * @param table the inputs of the model, row by row
 */
record SampledRows(Fitting fitting, Predictor predictor, int[] labelled, Table table) {

    private static final long SAMPLE = 0x48656c64L;

    /** As many rows, drawn at random, or all there are. */
    static SampledRows of(Fitting fitting, Predictor predictor, int[] heldOut, int count) {
        int[] places = heldOut.length <= count
                ? IntStream.range(0, heldOut.length).toArray()
                : new Draws(Draws.mix(fitting.seed() ^ SAMPLE)).sample(heldOut.length, count);
        int[] labelled =
                Arrays.stream(places).sorted().map(place -> heldOut[place]).toArray();
        int[] rows = fitting.rows(labelled);
        List<Column> columns = predictor.card().inputs().stream()
                .map(input -> fitting.table().column(input.name()).orElseThrow().pick(rows))
                .toList();
        return new SampledRows(fitting, predictor, labelled, new Table(columns, rows.length));
    }

    int size() {
        return labelled.length;
    }

    /** The same rows, of which each has the value that another one has of an input. */
    SampledRows with(int input, int[] others) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.set(input, columns.get(input).pick(others));
        return new SampledRows(fitting, predictor, labelled, new Table(columns, size()));
    }

    Column column(int input) {
        return table.columns().get(input);
    }

    Card card() {
        return predictor.card();
    }

    /** What the model says: a probability per class, or one number, then by row. */
    double[][] scores() {
        double[][] scores = new double[Math.max(1, fitting.target().classCount())][size()];
        predictor.score(table, IntStream.range(0, size()).toArray(), (index, row) -> {
            for (int s = 0; s < scores.length; s++) {
                scores[s][index] = row[s];
            }
        });
        return scores;
    }

    /** How wrong the model is, by row: log loss of classes, the squared error of a number. */
    double[] losses() {
        double[][] scores = scores();
        Target target = fitting.target();
        double[] losses = new double[size()];
        for (int row = 0; row < losses.length; row++) {
            if (target.classCount() == 0) {
                double error = scores[0][row] - target.numbers()[labelled[row]];
                losses[row] = error * error;
            } else {
                losses[row] = ClassificationMetrics.loss(scores[target.codes()[labelled[row]]][row]);
            }
        }
        return losses;
    }
}
