package smew.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.serve.TestStore;

final class AnswerBodyTest {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv; charset=utf-8";

    @TempDir
    static Path folder;

    private static Card binary;
    private static Card regression;
    private static Card colours;

    @BeforeAll
    static void fit() {
        binary = Fitted.card(TestStore.loans(1, "loans", 60), folder);
        regression = Fitted.card(model("price", TestStore.doubles("price", ramp())), folder);
        String[] colour = new String[90];
        for (int row = 0; row < colour.length; row++) {
            colour[row] = List.of("blue", "red", "a,\"b\"").get(row % 3);
        }
        colours = Fitted.card(model("colour", TestStore.texts("colour", colour)), folder);
    }

    private static double[] ramp() {
        double[] values = new double[90];
        for (int row = 0; row < values.length; row++) {
            values[row] = row + 0.5;
        }
        return values;
    }

    private static TestStore.Model model(String label, Column column) {
        long[] ids = new long[90];
        for (int row = 0; row < ids.length; row++) {
            ids[row] = row;
        }
        Table table = new Table(List.of(TestStore.integers("id", ids), TestStore.doubles("size", ramp()), column), 90);
        return new TestStore.Model(TestStore.definition(label, List.of("id"), List.of(), label, Map.of()), table);
    }

    private static List<Prediction> read(Card card, int rows, String type, String body) {
        return AnswerBody.read("Asking endpoint e", card, rows, type, body.getBytes(UTF_8));
    }

    @Test
    void readsTheAnswersOfOurOwnContainer() {
        String json = "{\"predictions\":[{\"prediction\":1,\"probability\":0.25,\"probabilities\":"
                + "{\"0\":0.75,\"1\":0.25}}],\"model\":\"loans\",\"release\":\"x\"}";
        Prediction said = new Prediction(1L, 0.25, List.of(0.75, 0.25));
        assertEquals(List.of(said), read(binary, 1, JSON, json));
        assertEquals(List.of(said, said), read(binary, 2, CSV, "1,0.25\n1,0.25\n"));
        assertEquals(
                List.of(new Prediction("a,\"b\"", 0.5, List.of(0.5, 0.25, 0.25))),
                read(
                        colours,
                        1,
                        JSON,
                        "{\"predictions\":[{\"prediction\":\"a,\\\"b\\\"\",\"probability\":0.5,\"probabilities\":"
                                + "{\"blue\":0.25,\"red\":0.25,\"a,\\\"b\\\"\":0.5}}]}"));
        assertEquals(
                List.of(new Prediction(2.5, null, List.of())),
                read(regression, 1, JSON, "{\"predictions\":[{\"prediction\":2.5}]}"));
        assertEquals(List.of(new Prediction(-1e-3, null, List.of())), read(regression, 1, CSV, "-1.0E-3\n"));
    }

    @Test
    void readsOneNumberForEachRowAsOtherContainersAnswer() {
        Prediction low = new Prediction(0L, 0.25, List.of(0.75, 0.25));
        Prediction high = new Prediction(1L, 0.75, List.of(0.25, 0.75));
        assertEquals(List.of(low, high), read(binary, 2, JSON, "{\"predictions\":[0.25,0.75]}"));
        assertEquals(List.of(low, high), read(binary, 2, JSON, "{\"predictions\":[[0.25],[0.75]]}"));
        assertEquals(List.of(low, high), read(binary, 2, "text/plain", "0.25\n0.75"));
        assertEquals(List.of(low, high), read(binary, 2, CSV, "0.25,0.75"), "XGBoost's older containers");
        assertEquals(
                List.of(new Prediction("red", 0.7, List.of(0.1, 0.2, 0.7))), read(colours, 1, CSV, "0.1,0.2,0.7\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json|{\"predictions\":[0.5]}|1 prediction for 2 rows",
                "application/json|{\"predictions\":[0.5,0.5,0.5]}|3 predictions for 2 rows",
                "application/json|{\"predictions\":[]}|0 predictions for 2 rows",
                "application/json|{\"predictions\":[0.5,1.5]}|prediction 1 of its answer lacks a probability",
                "application/json|{\"predictions\":[0.5,null]}|prediction 1 of its answer lacks a probability",
                "application/json|{\"predictions\":[{},{}]}|prediction 0 of its answer lacks a probability",
                "application/json|{\"predictions\":[{\"prediction\":7,\"probability\":0.5},0]}|none of the classes 0, 1",
                "application/json|{\"predictions\":[[1,2,3],[1,2,3]]}|prediction 0 of its answer has 3 values",
                "application/json|{\"scores\":[1]}|no array of predictions",
                "application/json|[0.5,0.5]|no array of predictions",
                "application/json|<html>|cannot be read",
                "text/csv|0.5|1 prediction for 2 rows",
                "text/csv|``|0 predictions for 2 rows",
                "text/html|<html>|lacks a probability",
            })
    void saysInOneSentenceWhatIsWrongWithAnAnswer(String type, String body, String expected) {
        SmewException wrong = assertThrows(SmewException.class, () -> read(binary, 2, type, body));
        assertEquals(Fault.OUTSIDE, wrong.fault());
        assertTrue(wrong.getMessage().contains(expected), wrong.getMessage());
        assertTrue(wrong.getMessage().startsWith("Asking endpoint e: "), wrong.getMessage());
    }

    @Test
    void refusesOneProbabilityForMoreThanTwoClasses() {
        String said = assertThrows(SmewException.class, () -> read(colours, 1, CSV, "red,0.5\n"))
                .getMessage();
        assertTrue(said.contains("2 values") && said.contains("3 classes") && said.contains("JSON"), said);
        String json = assertThrows(
                        SmewException.class,
                        () -> read(colours, 1, JSON, "{\"predictions\":[{\"prediction\":\"red\",\"probability\":1}]}"))
                .getMessage();
        assertTrue(json.contains("3 classes"), json);
    }
}
