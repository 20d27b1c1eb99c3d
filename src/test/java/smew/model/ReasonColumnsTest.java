package smew.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.model.ScoredTableTest.MANY;
import static smew.model.ScoredTableTest.column;
import static smew.model.ScoredTableTest.number;
import static smew.model.ScoredTableTest.predictor;
import static smew.model.ScoredTableTest.rows;
import static smew.model.ScoredTableTest.text;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.Progress;
import smew.columns.Table;
import smew.project.Relation;

class ReasonColumnsTest {

    private static ScoredTable explained(Predictor predictor, Table rows, int reasons) {
        return ScoredTable.of(predictor, rows, ScoredTableTest.RELEASE, reasons, Progress.NONE.start("it"));
    }

    @Test
    void reasonsFollowTheOutcomeTheStrongestFirst() {
        Predictor predictor = predictor(Relation.Missing.ZERO, Card.LabelType.INTEGER, List.of("id"), "0", "1");
        ScoredTable scored = explained(predictor, rows(90), 2);
        List<String> names = scored.table().names();
        assertEquals(
                List.of(
                        "explains",
                        "baseline",
                        "explained_value",
                        "reason_1",
                        "reason_1_contribution",
                        "reason_1_text",
                        "reason_2",
                        "reason_2_contribution",
                        "reason_2_text"),
                names.subList(names.indexOf("probability_1") + 1, names.size()));
        // Log odds are age + income / 2 - 40, and without means a row of age 40 without income is where they start.
        assertEquals("log_odds of 1", text(scored, "explains", 45));
        assertEquals(0, number(scored, "baseline", 45));
        assertEquals(6.5, number(scored, "explained_value", 45));
        assertEquals("age", text(scored, "reason_1", 45));
        assertEquals(5, number(scored, "reason_1_contribution", 45));
        assertEquals("whole years", text(scored, "reason_1_text", 45));
        assertEquals("income", text(scored, "reason_2", 45));
        assertEquals(1.5, number(scored, "reason_2_contribution", 45));
        assertTrue(column(scored, "reason_2_text").isNull(45), "no comment says what income is");
        assertEquals("income", text(scored, "reason_1", 40));
        assertEquals(2.5, number(scored, "reason_1_contribution", 40));
        for (String name : List.of("reason_2", "reason_2_contribution", "reason_2_text")) {
            assertTrue(column(scored, name).isNull(40), "an age of 40 adds nothing, so it is no reason");
        }
        assertEquals(-35, number(scored, "reason_1_contribution", 5));
    }

    @Test
    void reasonsAreThoseOfEachRowAlone() {
        Predictor three = predictor(Relation.Missing.ZERO, Card.LabelType.TEXT, List.of("id"), "high", "low", "none");
        Predictor number = predictor(Relation.Missing.ZERO, Card.LabelType.NUMBER, List.of("id"));
        Table rows = rows(MANY);
        for (Predictor predictor : List.of(three, number)) {
            ScoredTable scored = explained(predictor, rows, 2);
            for (int row = 0; row < MANY; row += 487) {
                Explanation explanation = predictor.explain(rows, row);
                assertEquals(
                        predictor == number ? "number" : "score of " + text(scored, "prediction", row),
                        text(scored, "explains", row));
                assertEquals(explanation.baseline(), number(scored, "baseline", row));
                assertEquals(explanation.value(), number(scored, "explained_value", row));
                int[] strongest = explanation.strongest(2);
                for (int rank = 0; rank < strongest.length; rank++) {
                    Explanation.Contribution expected =
                            explanation.contributions().get(strongest[rank]);
                    String name = "reason_" + (rank + 1);
                    assertEquals(expected.input(), text(scored, name, row));
                    assertEquals(expected.amount(), number(scored, name + "_contribution", row));
                }
            }
        }
    }

    @Test
    void reasonsAreNoMoreThanInputs() {
        Predictor predictor = predictor(Relation.Missing.ZERO, Card.LabelType.NUMBER, List.of("id"));
        List<String> names = explained(predictor, rows(3), 100).table().names();
        assertEquals("reason_2_text", names.getLast());
        assertEquals(
                "reason_1_text",
                explained(predictor, rows(3), 1).table().names().getLast());
    }

    @Test
    void reasonsOfACalibratedModelSayThatTheyAreOfWhatComesBefore() {
        Predictor plain = predictor(Relation.Missing.ZERO, Card.LabelType.INTEGER, List.of("id"), "0", "1");
        Calibration.Correction half = new Calibration.Correction(List.of(), List.of(), 0.5, 0);
        Predictor calibrated = plain.with(plain.card()
                .with(
                        Optional.of(new Calibration(Calibration.Method.PLATT, 10, Map.of(), List.of(half))),
                        Optional.empty()));
        ScoredTable scored = explained(calibrated, rows(90), 1);
        assertEquals("log_odds of 1 before calibration", text(scored, "explains", 45));
        assertEquals(6.5, number(scored, "explained_value", 45));
        assertEquals(1 / (1 + Math.exp(-3.25)), number(scored, "probability", 45), 1e-12);
    }

    @Test
    void aRowThatTheModelRefusesHasNoReasons() {
        BitSet noAge = new BitSet();
        noAge.set(1);
        Predictor strict = predictor(Relation.Missing.ERROR, Card.LabelType.NUMBER, List.of("id"));
        ScoredTable scored = explained(strict, rows(3, noAge, new BitSet()), 1);
        for (String name : List.of("explains", "baseline", "explained_value", "reason_1", "reason_1_contribution")) {
            assertEquals(noAge, column(scored, name).nulls(), name);
        }
    }
}
