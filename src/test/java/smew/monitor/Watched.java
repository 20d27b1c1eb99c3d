package smew.monitor;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Cards;
import smew.model.Distribution;
import smew.model.Prediction;
import smew.model.PredictionLog.Predicted;
import smew.model.TrainingStatistics;
import smew.project.Relation;

/** A model that tests watch: {@code id} is its key, {@code age} and {@code job} are its inputs, 0 or 1 what it says. */
final class Watched {

    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    static final String RELEASE = "20261126T110000.000Z-0123456789ab";

    private Watched() {}

    static Card card() {
        return card("age", "job");
    }

    /** A number and a category of these names. */
    static Card card(String age, String job) {
        return Cards.of(
                        Card.LabelType.INTEGER,
                        List.of("0", "1"),
                        Optional.of("1"),
                        List.of("id"),
                        List.of(),
                        List.of(
                                new Card.Input(age, Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.empty()),
                                new Card.Input(job, Card.Type.CATEGORY, List.of("clerk"), 0, 0, 0, Optional.empty())),
                        Relation.Missing.MEDIAN)
                .with(new TrainingStatistics(
                        100,
                        List.of(
                                new Distribution(
                                        age, Card.Type.NUMBER, List.of(30.0), List.of(), List.of(0.5, 0.5, 0.0)),
                                new Distribution(
                                        job, Card.Type.CATEGORY, List.of(), List.of("clerk"), List.of(0.8, 0.1, 0.1))),
                        Optional.of(new Distribution(
                                "score", Card.Type.NUMBER, List.of(0.5), List.of(), List.of(0.9, 0.1, 0.0)))));
    }

    static Column.Integers integers(String name, long... values) {
        return new Column.Integers(name, values, new BitSet());
    }

    static Column.Doubles doubles(String name, double... values) {
        BitSet nulls = new BitSet();
        IntStream.range(0, values.length)
                .filter(row -> Double.isNaN(values[row]))
                .forEach(nulls::set);
        return new Column.Doubles(name, values, nulls);
    }

    /** One dictionary entry per row; an empty text is null. */
    static Column.Texts texts(String name, String... values) {
        BitSet nulls = new BitSet();
        int[] codes = IntStream.range(0, values.length).toArray();
        for (int row = 0; row < values.length; row++) {
            if (values[row].isEmpty()) {
                nulls.set(row);
                codes[row] = -1;
            }
        }
        return new Column.Texts(name, codes, values, nulls);
    }

    static Table table(Column... columns) {
        return new Table(List.of(columns), columns[0].rows());
    }

    /** So many online rows: ids from 0 up, aged 20 and up, clerks. */
    static Table online(int rows) {
        String[] jobs = new String[rows];
        Arrays.fill(jobs, "clerk");
        return table(
                integers("id", IntStream.range(0, rows).asLongStream().toArray()),
                doubles(
                        "age",
                        IntStream.range(0, rows).mapToDouble(row -> 20 + row).toArray()),
                texts("job", jobs));
    }

    /** Predictions of 1, each with the probability given. */
    static Predicted served(Card card, Instant time, String request, Table table, double probability, int... rows) {
        return new Predicted(
                time,
                request,
                RELEASE,
                "local",
                card,
                table,
                rows,
                IntStream.of(rows)
                        .mapToObj(_ -> new Prediction(
                                probability >= 0.5 ? 1L : 0L, probability, List.of(1 - probability, probability)))
                        .toList(),
                1_500_000,
                Optional.empty());
    }
}
