package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.25", "f1", "youden", "precision 0.8", "recall 1", "cost fp=1 fn=20", "cost fp=0.5 fn=2"})
    void aRuleIsWrittenAsItWasRead(String rule) {
        assertEquals(rule, ThresholdRule.of(rule).text());
        assertEquals(!rule.equals("0.25"), ThresholdRule.of(rule).chosen());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | the probability 1 is not above 0 and below 1",
                "NaN | 'NaN' is no number and none of f1",
                "f2 | 'f2' is no number and none of f1, youden, precision, recall, cost (did you mean f1?)",
                "f1 0.3 | nothing may follow f1",
                "precision | one number is expected behind precision",
                "precision 1.2 | the precision 1.2 is not above 0 and at most 1",
                "recall 0 | the recall 0 is not above 0 and at most 1",
                "cost fp=1 | fn is missing",
                "cost fp=1 fp=2 | fp is given twice",
                "cost fp=1 fn=0 | the cost fn=0 is not above 0",
                "cost fp=1 miss=2 | 'miss=2' is neither fp=COST nor fn=COST",
            })
    void whatIsWrongIsSaid(String rule, String words) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> ThresholdRule.of(rule));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"isotonic 0.3, 0.3", "auto, 0.2", "none 0.1, 0.1"})
    void calibrationHasAShareOfRows(String written, double share) {
        assertEquals(share, Calibrate.of(written).share());
        assertEquals(written, Calibrate.of(written).text());
    }
}
