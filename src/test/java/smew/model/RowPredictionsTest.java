package smew.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Relation;

class RowPredictionsTest {

    private static final int ROWS = 5000;

    private static Predictor predictor(List<String> classes) {
        Card card = Cards.of(
                classes.isEmpty() ? Card.LabelType.NUMBER : Card.LabelType.TEXT,
                classes,
                classes.size() == 2 ? Optional.of(classes.getLast()) : Optional.empty(),
                List.of("id"),
                List.of(),
                List.of(new Card.Input("x", Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty())),
                Relation.Missing.MEDIAN);
        double[][] coefficients = {{1, 0.5}, {-2, 0.1}, {0.3, 0.2}};
        int functions = classes.size() > 2 ? classes.size() : 1;
        return Predictor.of(card, new Learned.Linear(Arrays.copyOf(coefficients, functions), Optional.empty()));
    }

    private static double[] values() {
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(0, ROWS)
                .mapToDouble(_ -> random.nextDouble(-3, 3))
                .toArray();
    }

    private static Table table(double[] values) {
        return new Table(List.of(new Column.Doubles("x", values, new BitSet())), ROWS);
    }

    @Test
    void aRowIsPredictedAsTheModelPredictsItHoweverOftenAndByWhomItIsAskedFor() {
        for (List<String> classes : List.of(List.<String>of(), List.of("no", "yes"), List.of("a", "b", "c"))) {
            Predictor predictor = predictor(classes);
            Table table = table(values());
            RowPredictions known = new RowPredictions(predictor, table);
            IntStream.range(0, 64).parallel().forEach(seed -> {
                int[] rows = new SplittableRandom(seed % 8)
                        .ints(1 + seed * 20L, 0, ROWS)
                        .toArray();
                assertEquals(predictor.predict(table, rows), known.of(rows));
            });
        }
    }

    @Test
    void aRowIsScoredOnce() {
        double[] values = values();
        RowPredictions known = new RowPredictions(predictor(List.of()), table(values));
        Object before = known.of(new int[] {7}).getFirst().value();
        values[7]++;
        values[8]++;
        assertEquals(before, known.of(new int[] {7}).getFirst().value());
        assertEquals(predictor(List.of()).predict(table(values), new int[] {8}), known.of(new int[] {8}));
        assertNotEquals(before, known.of(new int[] {8}).getFirst().value());
    }
}
