package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Threshold;
import smew.project.ThresholdRule;

/** Eight kinds of rows, ten of each: probabilities fall, and what is true is known. */
class ThresholdingTest {

    private static final double[] PROBABILITIES = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2};
    private static final boolean[] REAL = {true, true, false, true, false, false, true, false};

    private static Thresholding thresholding(boolean upsideDown) {
        double[] probability =
                IntStream.range(0, 80).mapToDouble(r -> PROBABILITIES[r % 8]).toArray();
        boolean[] real = new boolean[80];
        IntStream.range(0, 80).forEach(r -> real[r] = upsideDown ? r % 8 > 6 : REAL[r % 8]);
        return new Thresholding(Tables.model("id", "y", "decision-tree"), probability, real);
    }

    /** F1 = 2 hits / (called + 40); Youden = (hits - alarms) / 40; cost = fp alarms + fn (40 - hits). */
    @ParameterizedTest
    @CsvSource({
        "f1, 0.5, 0.6",
        "youden, 0.7, 0.8",
        "recall 0.75, 0.5, 0.6",
        "recall 0.76, 0.2, 0.3",
        "recall 1, 0.2, 0.3",
        "precision 0.75, 0.5, 0.6",
        "precision 0.76, 0.7, 0.8",
        "precision 0.5, 0.2, 0.3",
        "cost fp=1 fn=3, 0.2, 0.3",
        "cost fp=1 fn=1, 0.7, 0.8",
        "cost fp=10 fn=1, 0.7, 0.8",
        "cost fp=1 fn=10, 0.2, 0.3",
    })
    void partsTheRowsWhereTheRuleSays(String rule, double below, double at) {
        Threshold threshold = thresholding(false).by(ThresholdRule.of(rule));
        assertTrue(threshold.value() > below && threshold.value() <= at, threshold.toString());
        assertEquals(rule, threshold.rule());
        assertEquals(80, threshold.rows());
    }

    @Test
    void callsNoRowWhereEachCallCostsMoreThanItSaves() {
        Threshold threshold = thresholding(true).by(ThresholdRule.of("cost fp=2 fn=1"));
        assertTrue(threshold.value() > 1, threshold.toString());
    }

    @Test
    void saysHowFarOffAPrecisionIsThatNothingReaches() {
        SmewException refused =
                assertThrows(SmewException.class, () -> thresholding(true).by(ThresholdRule.of("precision 0.9")));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(
                refused.getMessage().contains("has a precision of 0.9; the highest is 0.1250, with a recall of 1.000"),
                refused.getMessage());
    }

    @Test
    void takesTheShortestNumberBetweenTwoProbabilities() {
        assertEquals(0.25, Thresholding.between(0.2, 0.3));
        assertEquals(0.5, Thresholding.between(0.41, 0.66));
        double next = Math.nextUp(0.3);
        assertEquals(next, Thresholding.between(0.3, next));
    }
}
