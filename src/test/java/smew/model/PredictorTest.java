package smew.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Relation;

class PredictorTest {

    private static final List<Card.Input> INPUTS = List.of(
            new Card.Input("age", Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.empty()),
            new Card.Input("owner", Card.Type.BOOLEAN, List.of(), 0, 0, 0, Optional.empty()),
            new Card.Input("city", Card.Type.CATEGORY, List.of("Bonn", "Oslo"), 0, 0, 0, Optional.empty()));

    /** One point per year, 100 for an owner, 1000 for Bonn, 2000 for Oslo, 3000 for other cities, 4000 for null, and 0.5. */
    private static final double[][] COEFFICIENTS = {{1, 100, 1000, 2000, 3000, 4000, 0.5}};

    private static Predictor predictor(Relation.Missing missing, Card.LabelType type, List<String> classes) {
        Card card = Cards.of(
                type,
                classes,
                classes.isEmpty() ? Optional.empty() : Optional.of(classes.getFirst()),
                List.of("id"),
                List.of(),
                INPUTS,
                missing);
        return Predictor.of(card, new Learned.Linear(COEFFICIENTS, Optional.empty()));
    }

    private static Predictor regression() {
        return predictor(Relation.Missing.MEDIAN, Card.LabelType.NUMBER, List.of());
    }

    private static Map<String, Object> row(Object age, Object owner, Object city) {
        Map<String, Object> row = new HashMap<>();
        row.put("age", age);
        row.put("owner", owner);
        row.put("city", city);
        return row;
    }

    private static Object value(Object age, Object owner, Object city) {
        return regression().predict(List.of(row(age, owner, city))).getFirst().value();
    }

    private static Table table() {
        BitSet second = new BitSet();
        second.set(1);
        return new Table(
                List.of(
                        new Column.Texts("city", new int[] {1, -1, 0}, new String[] {"Rome", "Oslo"}, second),
                        new Column.Booleans("owner", new boolean[] {true, true, false}, second),
                        new Column.Doubles(
                                "age", new double[] {30, Double.NaN, Double.NEGATIVE_INFINITY}, new BitSet())),
                3);
    }

    @Test
    void scoresRowsGivenByName() {
        assertEquals(2130.5, value(30, true, "Oslo"));
        assertEquals(1030.5, value(30L, 0, "Bonn"));
    }

    @Test
    void anUnseenLevelIsLegalAndANullIsALevelOfItsOwn() {
        assertEquals(3030.5, value(30.0, false, "Rome"));
        assertEquals(4030.5, value(30.0, false, null));
    }

    @Test
    void nullNanAndInfinityAreReplaced() {
        assertEquals(1040.5, value(null, null, "Bonn"));
        assertEquals(1040.5, value(Double.NaN, false, "Bonn"));
        assertEquals(1040.5, value(Double.POSITIVE_INFINITY, false, "Bonn"));
    }

    @Test
    void scoresRowsOfATableInTheOrderAsked() {
        List<Prediction> predictions = regression().predict(table(), new int[] {2, 0, 1, 0});
        assertEquals(
                List.of(3040.5, 2130.5, 4040.5, 2130.5),
                predictions.stream().map(Prediction::value).toList());
    }

    @Test
    void manyRowsInParallelEqualSingleRows() {
        Predictor predictor = regression();
        int[] rows = IntStream.range(0, 20_000).map(r -> r % 3).toArray();
        List<Prediction> all = predictor.predict(table(), rows);
        for (int r = 0; r < rows.length; r += 997) {
            assertEquals(predictor.predict(table(), new int[] {rows[r]}).getFirst(), all.get(r));
        }
    }

    @Test
    void namesRowAndColumnOfEveryValueThatDoesNotFit() {
        Map<String, Object> short1 = row(1, true, "Bonn");
        short1.remove("age");
        SmewException refused = assertThrows(
                SmewException.class,
                () -> regression().predict(List.of(row(1, true, "Bonn"), row("old", 2, 7), short1)));
        assertEquals(Fault.DATA, refused.fault());
        assertEquals(
                List.of("row 1, column age", "row 1, column owner", "row 1, column city", "row 2, column age"),
                refused.problems().stream().map(problem -> problem.where()).toList());
        assertTrue(refused.getMessage().contains("holds 'old', expected a number or null"), refused.getMessage());
    }

    @Test
    void reportsABoundedNumberOfProblems() {
        List<Map<String, Object>> rows = new ArrayList<>();
        IntStream.range(0, 10_000).forEach(r -> rows.add(row("old", true, "Bonn")));
        SmewException refused =
                assertThrows(SmewException.class, () -> regression().predict(rows));
        assertEquals(100, refused.problems().size());
    }

    @Test
    void refusesANullWhereTheModelAllowsNone() {
        Predictor strict = predictor(Relation.Missing.ERROR, Card.LabelType.NUMBER, List.of());
        SmewException refused =
                assertThrows(SmewException.class, () -> strict.predict(List.of(row(null, true, "Bonn"))));
        assertTrue(refused.getMessage().contains("row 0, column age"), refused.getMessage());
        assertThrows(SmewException.class, () -> strict.predict(table(), new int[] {1}));
    }

    @Test
    void refusesATableThatLacksAnInputOrHasAnotherType() {
        Table other = new Table(
                List.of(
                        new Column.Integers("owner", new long[1], new BitSet()),
                        new Column.Integers("age", new long[1], new BitSet())),
                1);
        SmewException refused =
                assertThrows(SmewException.class, () -> regression().predict(other, new int[] {0}));
        assertEquals(2, refused.problems().size());
    }

    @Test
    void givesAClassInTheTypeOfTheLabelAndTheProbabilityOfThePositiveOne() {
        Predictor numbers = predictor(Relation.Missing.ZERO, Card.LabelType.INTEGER, List.of("1", "2"));
        Prediction prediction =
                numbers.predict(List.of(row(-1000.5, false, "Bonn"))).getFirst();
        assertEquals(1L, prediction.value());
        assertEquals(0.5, prediction.probability());
        Predictor flags = predictor(Relation.Missing.ZERO, Card.LabelType.BOOLEAN, List.of("false", "true"));
        Prediction sure = flags.predict(List.of(row(0, false, "Bonn"))).getFirst();
        assertEquals(true, sure.value());
        assertEquals(sure.probabilities().getFirst(), sure.probability());
    }

    @Test
    void anIntegerIsTheSameWhetherATableHoldsItOrAClientSendsIt() {
        long big = (1L << 54) + (1L << 30) + 1;
        Encoding encoding = new Encoding(INPUTS.getFirst());
        for (long value : new long[] {big, -big, 7, Long.MAX_VALUE, Long.MIN_VALUE}) {
            Column column = new Column.Integers("age", new long[] {value}, new BitSet());
            double cell = encoding.cells(column, 1).at(0);
            assertEquals(cell, encoding.value(value, 0, new ArrayList<>()));
            assertEquals(cell, encoding.value((double) value, 0, new ArrayList<>()));
        }
    }
}
