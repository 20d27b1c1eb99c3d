package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.model.PredictionLog;
import tools.jackson.databind.JsonNode;

/** Predictions for an entity as it might be. */
class WhatIfTest extends OnTestStore {

    private static final String JSON = "application/json";

    @BeforeEach
    void release() {
        publish(1);
    }

    @Test
    void whatStaysAsItIsIsPredictedAsItIs() {
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            assertEquals(
                    client.get("/predictions/1000").body(),
                    client.post("/predictions/1000", JSON, "{\"features\":{}}").body());
            JsonNode features = client.get("/features/1000").json().get("features");
            assertEquals(
                    client.get("/predictions/1000").json(),
                    client.post("/predictions/1000", JSON, "{\"features\":" + features + "}")
                            .json());
        }
    }

    @Test
    void aChangedFeatureIsAnsweredAndPredictedAsIfTheRowHadIt() {
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            JsonNode other = client.get("/features/1001").json().get("features");
            JsonNode whatIf = client.post("/models/loans/predictions/1000", JSON, "{\"features\":" + other + "}")
                    .json();
            JsonNode of = client.get("/predictions/1001").json();
            assertEquals(1000, whatIf.get("id").asInt());
            assertEquals(of.get("features"), whatIf.get("features"));
            assertEquals(of.get("probabilities"), whatIf.get("probabilities"));
            JsonNode changed = client.post(
                            "/predictions/1000?explain=true",
                            JSON,
                            "{\"features\":{\"amount\":null,\"city\":\"Atlantis\",\"member\":true,\"marker\":2.5}}")
                    .json();
            assertEquals(
                    "{\"amount\":null,\"city\":\"Atlantis\",\"member\":true,\"marker\":2.5}",
                    changed.get("features").toString());
            assertEquals(4, changed.get("explanation").get("contributions").size());
        }
    }

    @Test
    void refusesWhatIsNoFeatureOrDoesNotFitNamingAll() {
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            JsonNode refused = problem(
                    422,
                    client.post(
                            "/predictions/1000", JSON, "{\"features\":{\"amout\":1,\"city\":2,\"member\":\"yes\"}}"));
            assertEquals(3, refused.get("errors").size());
            detail(
                    "Did you mean amount?",
                    problem(422, client.post("/predictions/1000", JSON, "{\"features\":{\"amout\":1}}")));
            detail(
                    "expected a number or null",
                    problem(422, client.post("/predictions/1000", JSON, "{\"features\":{\"amount\":\"1\"}}")));
            for (String beyond : List.of("1e999", "9".repeat(309))) {
                detail(
                        "expected a number or null",
                        problem(
                                422,
                                client.post("/predictions/1000", JSON, "{\"features\":{\"amount\":" + beyond + "}}")));
            }
            problem(400, client.post("/predictions/1000", JSON, "{\"feature\":{}}"));
            problem(404, client.post("/predictions/1", JSON, "{\"features\":{}}"));
        }
    }

    @Test
    void whatMightBeIsNotLogged() {
        List<PredictionLog.Predicted> heard = new ArrayList<>();
        Companions companions = new Companions(Optional.of(heard::add), Optional.empty(), Optional.empty());
        try (Server server = Server.start(settings, store.releases(), Optional.empty(), companions)) {
            Client client = new Client(server);
            client.post("/predictions/1000", JSON, "{\"features\":{\"amount\":5}}");
            assertEquals(List.of(), heard);
            client.get("/predictions/1000", "X-Request-Id", "mine");
            client.post("/predictions", JSON, "{\"ids\":[1001,5,1002]}");
            assertEquals(2, heard.size());
            assertEquals("mine", heard.getFirst().requestId());
            assertEquals("local", heard.getFirst().backend());
            assertEquals(2, heard.getLast().rows().length);
            assertNotEquals(0, heard.getLast().latencyNanos());
        }
    }
}
