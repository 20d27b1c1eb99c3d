package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Relation;

class ScoredTableTest {

    /** More than one thread works on so many rows. */
    static final int MANY = 20_000;

    static final String RELEASE = "20261123T154500.123Z-1f3a5c7e9b02";

    static Predictor predictor(Relation.Missing missing, Card.LabelType type, List<String> entity, String... classes) {
        Card card = Cards.of(
                type,
                List.of(classes),
                classes.length == 2 ? Optional.of(classes[1]) : Optional.empty(),
                entity,
                List.of("day", "number"),
                List.of(
                        new Card.Input("age", Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.of("whole years")),
                        new Card.Input("income", Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty())),
                missing);
        double[][] coefficients = classes.length < 3
                ? new double[][] {{1, 0.5, -40}}
                : new double[][] {{1, 0, -40}, {-1, 0, 0}, {0, 1, 1}};
        return Predictor.of(card, new Learned.Linear(coefficients, Optional.empty()));
    }

    static Table rows(int count, BitSet noAge, BitSet noIncome) {
        long[] ids = IntStream.range(0, count).mapToLong(row -> 5000 + row).toArray();
        double[] ages = IntStream.range(0, count).mapToDouble(row -> row % 90).toArray();
        double[] incomes = IntStream.range(0, count).mapToDouble(row -> row % 7).toArray();
        return new Table(
                List.of(
                        new Column.Doubles("age", ages, noAge),
                        new Column.Integers("id", ids, new BitSet()),
                        new Column.Integers("number", ids, new BitSet()),
                        new Column.Dates("day", new int[count], new BitSet()),
                        new Column.Texts("Model", new int[count], new String[] {"Alfa"}, new BitSet()),
                        new Column.Doubles("income", incomes, noIncome)),
                count);
    }

    static Table rows(int count) {
        return rows(count, new BitSet(), new BitSet());
    }

    static Column column(ScoredTable scored, String name) {
        return scored.table().column(name).orElseThrow();
    }

    @Test
    void laysOutKeyEventTimeOriginAndOutcome() {
        Predictor predictor = predictor(Relation.Missing.ZERO, Card.LabelType.INTEGER, List.of("id"), "0", "1");
        ScoredTable scored = ScoredTable.of(predictor, rows(3), RELEASE);
        assertEquals(
                List.of("id", "day", "model", "release", "prediction", "probability", "probability_0", "probability_1"),
                scored.table().names());
        assertArrayEquals(new long[] {5000, 5001, 5002}, ((Column.Integers) column(scored, "id")).values());
        assertInstanceOf(Column.Dates.class, column(scored, "day"));
        assertEquals(RELEASE, text(scored, "release", 2));
        assertEquals("it", text(scored, "model", 2));
    }

    static String text(ScoredTable scored, String name, int row) {
        Column.Texts texts = (Column.Texts) column(scored, name);
        return texts.dictionary()[texts.codes()[row]];
    }

    @Test
    void equalsTheAnswerOfEachRowAloneBitForBit() {
        Predictor two = predictor(Relation.Missing.ZERO, Card.LabelType.INTEGER, List.of("id"), "0", "1");
        Predictor three = predictor(Relation.Missing.ZERO, Card.LabelType.TEXT, List.of("id"), "high", "low", "none");
        Table rows = rows(MANY);
        ScoredTable ofTwo = ScoredTable.of(two, rows, RELEASE);
        ScoredTable ofThree = ScoredTable.of(three, rows, RELEASE);
        for (int row = 0; row < MANY; row += 487) {
            Prediction answer = two.predict(rows, new int[] {row}).getFirst();
            assertEquals(answer.value(), ((Column.Integers) column(ofTwo, "prediction")).values()[row]);
            assertEquals(answer.probability(), number(ofTwo, "probability", row));
            assertEquals(answer.probabilities().get(0), number(ofTwo, "probability_0", row));
            assertEquals(answer.probabilities().get(1), number(ofTwo, "probability_1", row));
            Prediction of = three.predict(rows, new int[] {row}).getFirst();
            assertEquals(of.value(), text(ofThree, "prediction", row));
            assertEquals(of.probability(), number(ofThree, "probability", row));
            assertEquals(of.probabilities().get(2), number(ofThree, "probability_none", row));
        }
    }

    static double number(ScoredTable scored, String name, int row) {
        return ((Column.Doubles) column(scored, name)).values()[row];
    }

    @Test
    void aRegressionHasAPredictionAlone() {
        Predictor predictor = predictor(Relation.Missing.ZERO, Card.LabelType.NUMBER, List.of("id"));
        ScoredTable scored = ScoredTable.of(predictor, rows(5), RELEASE);
        assertEquals(
                List.of("id", "day", "model", "release", "prediction"),
                scored.table().names());
        assertEquals(-36.0 + 2, number(scored, "prediction", 4));
    }

    @Test
    void aPredictionIsInTheTypeOfTheLabel() {
        Table rows = rows(90);
        Predictor flags = predictor(Relation.Missing.ZERO, Card.LabelType.BOOLEAN, List.of("id"), "false", "true");
        boolean[] values = ((Column.Booleans) column(ScoredTable.of(flags, rows, RELEASE), "prediction")).values();
        assertEquals(false, values[0]);
        assertEquals(true, values[89]);
        Predictor numbers = predictor(Relation.Missing.ZERO, Card.LabelType.NUMBER, List.of("id"), "0.5", "1.5");
        assertEquals(1.5, number(ScoredTable.of(numbers, rows, RELEASE), "prediction", 89));
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        Predictor cars = predictor(Relation.Missing.ZERO, Card.LabelType.TEXT, List.of("Model", "day"), "Yes", "yes");
        assertEquals(
                List.of(
                        "Model",
                        "day",
                        "model_1",
                        "release",
                        "prediction",
                        "probability",
                        "probability_Yes",
                        "probability_yes_1"),
                ScoredTable.of(cars, rows(2), RELEASE).table().names());
    }

    @Test
    void aRowThatTheModelRefusesHasNoPredictionAndIsCounted() {
        BitSet noAge = new BitSet();
        noAge.set(1);
        noAge.set(3);
        BitSet noIncome = new BitSet();
        noIncome.set(3);
        noIncome.set(MANY - 1);
        Table rows = rows(MANY, noAge, noIncome);
        for (Card.LabelType type : Card.LabelType.values()) {
            String[] classes =
                    type == Card.LabelType.BOOLEAN ? new String[] {"false", "true"} : new String[] {"0", "1"};
            Predictor strict = predictor(Relation.Missing.ERROR, type, List.of("id"), classes);
            ScoredTable scored = ScoredTable.of(strict, rows, RELEASE);
            assertEquals(3, scored.refused());
            assertEquals(List.of("age", "income"), scored.lacking());
            for (String name : List.of("prediction", "probability", "probability_" + classes[0])) {
                assertEquals(3, column(scored, name).nulls().cardinality(), name);
                assertTrue(column(scored, name).isNull(3), name);
            }
            assertEquals(
                    strict.predict(rows, new int[] {4}).getFirst().probability(), number(scored, "probability", 4));
        }
        Predictor numbers = predictor(Relation.Missing.ERROR, Card.LabelType.NUMBER, List.of("id"));
        assertTrue(column(ScoredTable.of(numbers, rows, RELEASE), "prediction").isNull(MANY - 1));
        Predictor lenient = predictor(Relation.Missing.ZERO, Card.LabelType.NUMBER, List.of("id"));
        assertEquals(0, ScoredTable.of(lenient, rows, RELEASE).refused());
    }

    @Test
    void rowsWithoutAKeyOfTheModelAreDamaged() {
        Predictor predictor = predictor(Relation.Missing.ZERO, Card.LabelType.NUMBER, List.of("customer"));
        SmewException refused = assertThrows(SmewException.class, () -> ScoredTable.of(predictor, rows(2), RELEASE));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains("no column customer"), refused.getMessage());
    }
}
