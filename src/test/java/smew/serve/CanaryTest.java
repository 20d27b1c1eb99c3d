package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.base.Json;
import smew.columns.ArrowStream;
import smew.columns.Table;
import smew.model.PredictionLog;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** A share of the ids answered by another release. */
class CanaryTest extends OnTwoReleases {

    private static final String JSON = "application/json";

    /** The ids of which the canary answers. */
    private static Set<Integer> answered(Client client, int from, int to) {
        Set<Integer> ids = new HashSet<>();
        for (int id = from; id < to; id++) {
            if (release(client.get("/predictions/" + id).json())
                    .equals(TestStore.id(OTHER).value())) {
                ids.add(id);
            }
        }
        return ids;
    }

    @Test
    void anIdIsAnsweredByTheSameReleaseHoweverItIsAsked() {
        Set<String> seen = new HashSet<>();
        try (Server server = start(0.4)) {
            Client client = new Client(server);
            for (int id = 1000; id < 1030; id++) {
                Reply one = client.get("/predictions/" + id);
                String release = release(one.json());
                seen.add(release);
                assertEquals(release, one.header(Canary.HEADER));
                Reply explained = client.get("/predictions/0" + id + "?explain=true");
                assertTrue(explained.json().has("explanation"), explained.body());
                for (Reply same : List.of(
                        explained,
                        client.get("/models/loans/predictions/" + id),
                        client.get("/features/" + id),
                        client.get("/models/loans/features/" + id),
                        client.get("/features/history/" + id),
                        client.post("/predictions/" + id, JSON, "{\"features\":{\"amount\":5}}"))) {
                    assertEquals(release, release(same.json()), same.body());
                    assertEquals(release, same.header(Canary.HEADER));
                }
                String tag = client.get("/features/" + id).header("ETag");
                assertEquals("W/\"" + release + "\"", tag);
                assertEquals(
                        304, client.get("/features/" + id, "If-None-Match", tag).status());
            }
        }
        assertEquals(Set.of(TestStore.id(CURRENT).value(), TestStore.id(OTHER).value()), seen);
    }

    @Test
    void aBatchIsSplitAsSingleIdsAreAndKeepsItsOrder() {
        try (Server server = start(0.5)) {
            Client client = new Client(server);
            List<Integer> ids = IntStream.range(1000, 1050).boxed().collect(Collectors.toList());
            Collections.reverse(ids);
            Reply reply = client.post("/predictions", JSON, "{\"ids\":[5,\"6\"," + joined(ids) + "]}");
            JsonNode batch = reply.json();
            assertEquals("[5,\"6\"]", batch.get("unknown").toString());
            assertEquals(TestStore.id(CURRENT) + "," + TestStore.id(OTHER), reply.header(Canary.HEADER));
            JsonNode explained = client.post("/predictions?explain=true", JSON, "{\"ids\":[" + joined(ids) + "]}")
                    .json();
            for (int i = 0; i < ids.size(); i++) {
                assertEquals(
                        client.get("/predictions/" + ids.get(i)).json(),
                        batch.get("predictions").get(i));
                assertEquals(
                        client.get("/predictions/" + ids.get(i) + "?explain=true")
                                .json(),
                        explained.get("predictions").get(i));
            }
            Reply malformed = client.post("/predictions", JSON, "{\"ids\":[1000,\"x\",1001,{}]}");
            assertEquals(400, malformed.status());
            assertEquals(2, malformed.json().get("errors").size());
            Reply none = client.post("/predictions", JSON, "{\"ids\":[]}");
            assertEquals("{\"predictions\":[],\"unknown\":[]}", none.body());
            String arrow = "application/vnd.apache.arrow.stream";
            assertEquals(
                    406,
                    client.post("/predictions", JSON, "{\"ids\":[1000]}", "Accept", arrow)
                            .status());
            byte[] columns = ArrowStream.writer(Map.of())
                    .batch(new Table(List.of(TestStore.integers("id", 1000, 7, 1001)), 3), true);
            JsonNode sent = Json.tree(client.bytes("/predictions", arrow, BodyPublishers.ofByteArray(columns))
                    .body());
            assertEquals(2, sent.get("predictions").size());
            assertEquals("[7]", sent.get("unknown").toString());
        }
    }

    private static String joined(List<Integer> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Test
    void aLargerShareOnlyMovesIdsToTheCanary() {
        Set<Integer> before = Set.of();
        for (double share : new double[] {0, 0.05, 0.3, 0.7, 1}) {
            try (Server server = start(share)) {
                Set<Integer> now = answered(new Client(server), 1000, 1060);
                assertTrue(now.containsAll(before), before + " then " + now);
                before = now;
            }
            assertTrue(share > 0 || before.isEmpty());
        }
        assertEquals(60, before.size());
    }

    @Test
    void whatTheCanaryDoesNotKnowIsAnsweredByTheCurrentRelease() {
        try (Server server = start(1)) {
            Client client = new Client(server);
            assertEquals(
                    TestStore.id(OTHER).value(),
                    release(client.get("/predictions/1059").json()));
            assertEquals(
                    TestStore.id(CURRENT).value(),
                    release(client.get("/predictions/1060").json()));
            JsonNode batch =
                    client.post("/predictions", JSON, "{\"ids\":[1060,1059]}").json();
            assertEquals(TestStore.id(CURRENT).value(), release(batch.at("/predictions/0")));
            assertEquals(TestStore.id(OTHER).value(), release(batch.at("/predictions/1")));
            detail(TestStore.id(CURRENT).value(), problem(404, client.get("/predictions/5")));
            problem(400, client.get("/predictions/x"));
            String metrics = client.get("/metrics").body();
            assertEquals(2, sum(metrics, "smew_canary_predictions_total", "side=\"canary\""));
            assertEquals(2, sum(metrics, "smew_canary_predictions_total", "side=\"fallback\""));
            assertEquals(4, sum(metrics, "smew_predictions_total", "model=\"loans\""));
            assertTrue(metrics.contains("smew_canary_share{release=\"" + TestStore.id(OTHER) + "\"} 1.0"), metrics);
        }
    }

    @Test
    void whatTheCanaryCannotScoreIsAnsweredByTheCurrentRelease() {
        store.write(3, List.of(), List.of(TestStore.strictLoans(3, "loans", 60)));
        try (Server server = Server.start(canary(3, 1), store.releases())) {
            Client client = new Client(server);
            JsonNode batch =
                    client.post("/predictions", JSON, "{\"ids\":[1015,1016]}").json();
            assertEquals(TestStore.id(3).value(), release(batch.at("/predictions/0")));
            assertEquals(TestStore.id(CURRENT).value(), release(batch.at("/predictions/1")));
            for (String path : List.of("/predictions/1016", "/features/1016")) {
                assertEquals(
                        TestStore.id(CURRENT).value(), release(client.get(path).json()));
            }
        }
    }

    @Test
    void theLogNamesTheReleaseThatAnswered() {
        List<PredictionLog.Predicted> heard = new ArrayList<>();
        Companions companions = new Companions(Optional.of(heard::add), Optional.empty(), Optional.empty());
        try (Server server = Server.start(canary(OTHER, 0.5), store.releases(), Optional.empty(), companions)) {
            Client client = new Client(server);
            Map<Boolean, List<Integer>> sides = IntStream.range(1000, 1020)
                    .boxed()
                    .collect(Collectors.partitioningBy(answered(client, 1000, 1020)::contains));
            heard.clear();
            client.post(
                    "/predictions",
                    JSON,
                    "{\"ids\":[" + joined(IntStream.range(1000, 1020).boxed().toList()) + "]}");
            assertEquals(2, heard.size());
            for (PredictionLog.Predicted part : heard) {
                boolean canary = part.release().equals(TestStore.id(OTHER).value());
                assertEquals(sides.get(canary).size(), part.rows().length);
            }
            heard.clear();
            client.post("/predictions/1000", JSON, "{\"features\":{\"amount\":5}}");
            assertEquals(List.of(), heard);
        }
    }

    @Test
    void theAccessLogNamesTheReleaseThatAnswered() throws IOException {
        for (boolean json : new boolean[] {false, true}) {
            Path file = folder.resolve("access-" + json);
            try (AccessLog log = AccessLog.open(Optional.of(file), System.out, json, Clock.systemUTC());
                    Server server = Server.start(
                            canary(OTHER, 1),
                            store.releases(),
                            Optional.empty(),
                            new Companions(Optional.empty(), Optional.of(log), Optional.empty()))) {
                new Client(server).get("/predictions/1000", "X-Request-Id", "abc");
            }
            String line = Files.readString(file).strip();
            String end = json ? "\"request_id\":\"abc\",\"release\":\"%s\"}" : " abc %s";
            assertTrue(line.endsWith(end.formatted(TestStore.id(OTHER))), line);
        }
    }

    @Test
    void rowsWithoutAnIdAreAnsweredByTheCurrentRelease() {
        try (Server server = start(1)) {
            Client client = new Client(server);
            Reply rows = client.post("/invocations", "text/csv", "900,Oslo,true,1\n", "Accept", JSON);
            assertEquals(
                    TestStore.id(CURRENT).value(), rows.json().get("release").asString(), rows.body());
            assertEquals(
                    TestStore.id(CURRENT).value(),
                    client.get("/models").json().get("release").asString());
        }
    }
}
