package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.serve.Client.Reply;

/** Every model of a release is served, by its name, with every verb that the default model has. */
class ManyModelsTest extends OnTestStore {

    private static final String JSON = "application/json";
    private static final String IDS = "{\"ids\":[1000,1001]}";
    private static final String CHANGES = "{\"features\":{\"amount\":5}}";
    private static final String ROWS = "amount,city,member,marker\n900,Oslo,true,1\n";
    private static final List<String> NAMES = List.of("first", "second", "third");

    @BeforeEach
    void release() {
        store.publishModels(
                1, TestStore.loans(1, "first", 60), TestStore.loans(2, "second", 60), TestStore.loans(3, "third", 60));
    }

    private static List<Reply> replies(Client client, String path) {
        return List.of(
                client.get(path + "/predictions/1000"),
                client.get(path + "/predictions/1000?explain=true"),
                client.post(path + "/predictions", JSON, IDS),
                client.post(path + "/predictions/1000", JSON, CHANGES),
                client.get(path + "/features/1000"),
                client.post(path + "/invocations", "text/csv", ROWS, "Accept", JSON));
    }

    @Test
    void everyModelAnswersEveryVerbUnderItsName() {
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            for (int number = 1; number <= NAMES.size(); number++) {
                String name = NAMES.get(number - 1);
                for (Reply reply : replies(client, "/models/" + name)) {
                    assertEquals(200, reply.status(), reply.body());
                    assertEquals(name, reply.json().findValue("model").asString(), reply.body());
                }
                assertEquals(
                        number,
                        client.get("/models/" + name + "/predictions/1000")
                                .json()
                                .at("/features/marker")
                                .asInt());
                assertEquals(
                        name, client.get("/models/" + name).json().get("name").asString());
                assertEquals(200, client.get("/v2/models/" + name + "/ready").status());
            }
            detail("no model fourth", problem(404, client.get("/models/fourth/predictions/1000")));
        }
    }

    @Test
    void theDefaultModelIsTheFirstOrTheOneThatIsNamed() {
        for (Map.Entry<Optional<String>, String> asked : Map.of(
                        Optional.<String>empty(), "first", Optional.of("third"), "third")
                .entrySet()) {
            try (Server server = Server.start(settings.withModel(asked.getKey()), store.releases())) {
                Client client = new Client(server);
                for (Reply reply : replies(client, "")) {
                    assertEquals(
                            asked.getValue(), reply.json().findValue("model").asString(), reply.body());
                }
            }
        }
        SmewException unknown = assertThrows(
                SmewException.class,
                () -> Server.start(settings.withModel(Optional.of("fourth")), store.releases())
                        .close());
        assertEquals(Fault.NOT_FOUND, unknown.fault());
    }

    @Test
    void aCanaryAnswersForEveryModel() {
        String other = store.write(
                        2,
                        List.of(),
                        // Its first model is another one: a name means the same model on both sides.
                        List.of(
                                TestStore.loans(2, "third", 60),
                                TestStore.loans(2, "second", 60),
                                TestStore.loans(2, "first", 60)))
                .value();
        ServeSettings all = settings.with(
                new ServeSettings.Trials(Optional.of(new ServeSettings.Canary(other, 1)), Optional.empty()));
        try (Server server = Server.start(all, store.releases())) {
            Client client = new Client(server);
            assertEquals(
                    "first", client.get("/predictions/1000").json().get("model").asString());
            for (String name : NAMES) {
                Reply reply = client.get("/models/" + name + "/predictions/1000");
                assertEquals(name, reply.json().get("model").asString());
                assertEquals(other, reply.json().get("release").asString());
            }
        }
    }
}
