package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Card;
import smew.project.Relation;

class ChosenTest {

    private static Relation.Model boosting(String rate) {
        return Tables.model("id", "y", "gradient-boosting", "learning-rate", rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1d", "0x1p-4", "0.1f", "NaN", "1e", ".", "", "\u0660.\u0661"})
    void refusesANumberThatOnlyAProgrammerWouldWrite(String text) {
        SmewException refused = assertThrows(SmewException.class, () -> Chosen.of(boosting(text)));
        assertEquals(Fault.CONFIGURATION, refused.fault());
        assertTrue(
                refused.getMessage().contains("learning-rate is '" + text + "', expected a number from 1.0E-4 to 1.0"),
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", ".1", "1e-1", "+0.1", "1.0E-1"})
    void takesADecimalNumber(String text) {
        assertEquals(0.1, Chosen.of(boosting(text)).number("learning-rate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e1", "\u0665", "5 "})
    void takesOnlyDigitsWhereAnIntegerIsExpected(String text) {
        Relation.Model model = Tables.model("id", "y", "random-forest", "trees", text);
        SmewException refused = assertThrows(SmewException.class, () -> Chosen.of(model));
        assertTrue(refused.getMessage().contains("expected an integer from 1 to 5000"), refused.getMessage());
    }

    @Test
    void theCardSaysHowManyInputsWereTried(@TempDir Path directory) {
        Relation.Model model =
                Tables.model("customer_id", "churn", "random-forest", "inputs-per-split", "900", "trees", "2");
        Card card = TrainingTest.fit(model, Tables.churn(60, 1), directory);
        assertEquals(5, ((Number) card.algorithm().parameters().get("inputs-per-split")).intValue());
    }
}
