package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Cards;
import smew.model.Curves;
import smew.project.Relation;

/** Figures of predictions whose truth came later. */
class LaterTruthTest {

    private static Card card(Card.LabelType type, Optional<String> positive, String... classes) {
        return Cards.of(type, List.of(classes), positive, List.of("id"), List.of(), List.of(), Relation.Missing.ZERO);
    }

    private static Column.Doubles none(int rows) {
        return Tables.doubles("probability", new Double[rows]);
    }

    @Test
    void numbersHaveTheErrorsThatAHandComputes() {
        LaterTruth truth = LaterTruth.of(
                card(Card.LabelType.NUMBER, Optional.empty()),
                Tables.texts("label", "1.0", "2", "6.0", "1e3"),
                Tables.texts("prediction", "2.0", "2.0", "4.0", null),
                none(4),
                List.of());
        assertEquals(3, truth.rows(), "what was not predicted does not count");
        assertEquals(Math.sqrt(5 / 3.0), truth.figures().get("rmse"), 1e-12);
        assertEquals(1, truth.figures().get("mae"), 1e-12);
        assertEquals(1 - 5 / 14.0, truth.figures().get("r2"), 1e-12);
        assertEquals(List.of(), truth.calibration());
    }

    private static LaterTruth ofThree(List<Column.Doubles> probabilities, String... predicted) {
        return LaterTruth.of(
                card(Card.LabelType.TEXT, Optional.empty(), "a", "b", "c"),
                Tables.texts("label", "a", "b", "c", "a"),
                Tables.texts("prediction", predicted),
                Tables.doubles("probability", 0.6, 0.5, 0.7, 0.4),
                probabilities);
    }

    private static final List<Column.Doubles> PROBABILITIES = List.of(
            Tables.doubles("probability_1", 0.6, 0.2, 0.7, 0.3),
            Tables.doubles("probability_2", 0.3, 0.5, 0.1, 0.4),
            Tables.doubles("probability_3", 0.1, 0.3, 0.2, null));

    @Test
    void manyClassesHaveTheFiguresOfACard() {
        LaterTruth truth = ofThree(PROBABILITIES, "a", "b", "a", "b");
        // Pairs ranked rightly: of a 0.6 above 0.2 and 0.3 above it; of b 0.5 above all; of c 0.2 above 0.1 and an
        // unknown 0.
        assertEquals((2 / 4.0 + 1 + 2 / 3.0) / 3, truth.figures().get("auc"), 1e-12);
        assertEquals(
                -(Math.log(0.6) + Math.log(0.5) + Math.log(0.2) + Math.log(0.3)) / 4,
                truth.figures().get("log_loss"),
                1e-12);
        assertEquals(0.5, truth.figures().get("accuracy"));
        assertEquals(4, truth.calibration().stream().mapToLong(Curves.Bin::rows).sum());
    }

    @Test
    void whatAnotherReleaseCallsAClassLeavesWhatNeedsNoClasses() {
        LaterTruth truth = ofThree(PROBABILITIES, "a", "b", "a", "z");
        assertEquals(
                List.of("accuracy", "calibration_error"),
                List.copyOf(truth.figures().keySet()));
        assertEquals(0.5, truth.figures().get("accuracy"));
    }

    @Test
    void ofManyClassesOnlyThePredictedOneIsKnown() {
        LaterTruth truth = LaterTruth.of(
                card(Card.LabelType.TEXT, Optional.empty(), "a", "b", "c"),
                Tables.texts("label", "a", "b", "c", "a"),
                Tables.texts("prediction", "a", "b", "a", "b"),
                Tables.doubles("probability", 0.9, 0.8, 0.7, 0.6),
                List.of());
        assertEquals(
                List.of("accuracy", "calibration_error"),
                List.copyOf(truth.figures().keySet()));
        assertEquals(0.5, truth.figures().get("accuracy"));
        // Each row is a range: 0.1, 0.2, 0.7 and 0.6 from the truth.
        assertEquals(0.4, truth.figures().get("calibration_error"), 1e-12);
    }

    @Test
    void aNumberThatIsAClassIsOneHoweverItIsWritten() {
        LaterTruth truth = LaterTruth.of(
                card(Card.LabelType.NUMBER, Optional.of("1.0E10"), "0.5", "1.0E10"),
                Tables.texts("label", "10000000000.0", "0.5"),
                Tables.texts("prediction", "10000000000.0", "0.5"),
                Tables.doubles("probability", 0.9, 0.2),
                List.of());
        assertEquals(1, truth.figures().get("accuracy"));
        assertEquals(1, truth.figures().get("auc"));
    }

    @Test
    void whatIsUndefinedIsLeftOut() {
        Card card = card(Card.LabelType.INTEGER, Optional.of("1"), "0", "1");
        LaterTruth one = LaterTruth.of(
                card,
                Tables.texts("label", "1", "1"),
                Tables.texts("prediction", "1", "0"),
                Tables.doubles("p", 0.9, null),
                List.of());
        assertEquals(1, one.rows(), "a backend that gives no probability says too little");
        assertTrue(!one.figures().containsKey("auc") && one.figures().containsKey("brier"), one.toString());
        LaterTruth nothing = LaterTruth.of(card, Tables.texts("label"), Tables.texts("prediction"), none(0), List.of());
        assertEquals(0, nothing.rows());
        assertTrue(nothing.figures().isEmpty());
    }
}
