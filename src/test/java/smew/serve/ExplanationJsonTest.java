package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Json;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Explanation;
import smew.model.Explanation.Contribution;
import smew.model.Explanation.Explains;
import smew.model.Predictor;
import tools.jackson.databind.JsonNode;

/** What an explanation says of itself where a model corrects its probabilities. */
class ExplanationJsonTest {

    private static final Path KEPT = Path.of("src/test/resources/golden/models-2");

    private static JsonNode written(String model) {
        Card card = Predictor.load(KEPT.resolve(model)).card();
        List<Column> columns = card.inputs().stream()
                .map(input -> (Column) new Column.Doubles(input.name(), new double[] {1}, new BitSet()))
                .toList();
        List<Contribution> contributions = IntStream.range(0, columns.size())
                .mapToObj(input -> new Contribution(columns.get(input).name(), input))
                .toList();
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"id\":1");
        new ExplanationJson(card, columns)
                .write(json, 0, new Explanation(Explains.LOG_ODDS, Optional.of("Yes"), 1, 11, contributions), 2, false);
        return Json.tree(json.raw("}").toBytes());
    }

    @ParameterizedTest
    @CsvSource({"platt-cost, true", "isotonic-f1, true", "votes, false"})
    void saysThatACalibratedProbabilityIsNotWhatItExplains(String model, boolean calibrated) {
        JsonNode answer = written(model);
        JsonNode explanation = answer.get("explanation");
        assertEquals("log_odds", explanation.get("explains").asString());
        assertEquals(calibrated, explanation.has("calibrated"));
        assertFalse(explanation.path("calibrated").asBoolean(false));
        assertEquals(2, answer.get("reasons").size());
        assertEquals("raises", answer.at("/reasons/0/direction").asString());
    }
}
