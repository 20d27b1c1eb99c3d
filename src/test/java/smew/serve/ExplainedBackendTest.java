package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import tools.jackson.databind.JsonNode;

/** Reasons of predictions that come from elsewhere. */
class ExplainedBackendTest extends OnTestStore {

    private static final String NAME = "sagemaker:loans-x";

    private static final String ASKED = "/predictions/1003?explain=true";

    /** A backend with the model of the release. */
    private final class Elsewhere implements Backend {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public CompletionStage<List<Prediction>> predict(Card card, Table table, int[] rows) {
            Predictor predictor = Predictor.load(
                    store.directory(TestStore.id(1)).resolve("models").resolve(card.name()));
            return CompletableFuture.completedFuture(predictor.predict(table, rows));
        }

        @Override
        public SmewException explained(Throwable failed) {
            return new SmewException(Fault.OUTSIDE, "It failed.", failed);
        }
    }

    private Server start(boolean allowDifference) {
        publish(1);
        return Server.start(
                settings,
                store.releases(),
                Optional.of(new ChosenBackend(new Elsewhere(), true, allowDifference)),
                Companions.NONE);
    }

    /** The model of the release answers the same, so that its reasons are those of the backend. */
    @Test
    void comeFromTheModelOfTheReleaseAndSaySo() {
        try (Server server = start(false);
                Server local = Server.start(settings, store.releases())) {
            JsonNode answer = new Client(server).get(ASKED).json();
            JsonNode expected = new Client(local).get(ASKED).json();
            assertEquals(NAME, answer.get("backend").asString());
            assertEquals("local", answer.at("/explanation/backend").asString());
            assertFalse(expected.get("explanation").has("backend"));
            assertEquals(expected.at("/explanation/contributions"), answer.at("/explanation/contributions"));
            assertEquals(expected.get("reasons"), answer.get("reasons"));
            JsonNode many = new Client(server)
                    .post("/predictions?explain=true", "application/json", "{\"ids\":[1003]}")
                    .json();
            assertEquals(answer, many.at("/predictions/0"));
        }
    }

    @Test
    void areNotGivenWhereTheBackendMayAnswerOtherwise() {
        try (Server server = start(true)) {
            Client client = new Client(server);
            detail(
                    "Explaining predictions of " + NAME
                            + ": the server was told to use it even if it answers otherwise",
                    problem(400, client.get(ASKED)));
            assertEquals(200, client.get("/predictions/1003?explain=false").status());
        }
    }
}
