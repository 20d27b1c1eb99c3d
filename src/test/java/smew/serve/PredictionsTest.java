package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;
import smew.serve.TestStore.Model;
import tools.jackson.databind.JsonNode;

class PredictionsTest extends OnServer {

    @BeforeAll
    static void start() {
        serve(TestStore.loans(1, "loans", 300), houses());
    }

    /** A regression with text ids and no event time. */
    private static Model houses() {
        String[] id = new String[200];
        double[] rooms = new double[200];
        double[] price = new double[200];
        for (int row = 0; row < 200; row++) {
            id[row] = "h/" + row;
            rooms[row] = row % 10;
            price[row] = 50_000.5 * (row % 10) + row;
        }
        Table table = new Table(
                List.<Column>of(
                        TestStore.texts("house", id),
                        TestStore.doubles("rooms", rooms),
                        TestStore.doubles("price", price)),
                200);
        return new Model(TestStore.definition("houses", List.of("house"), List.of(), "price", Map.of()), table);
    }

    @Test
    void answersAnEntityAsTheContractHasIt() {
        JsonNode answer = client.get("/predictions/1005").json();
        assertEquals(
                List.of(
                        "id",
                        "model",
                        "release",
                        "backend",
                        "prediction",
                        "probability",
                        "probabilities",
                        "time",
                        "features"),
                List.copyOf(answer.propertyNames()));
        assertEquals(1005, answer.get("id").asLong());
        assertTrue(answer.get("id").isIntegralNumber());
        assertEquals("loans", answer.get("model").asString());
        assertEquals(TestStore.id(1).value(), answer.get("release").asString());
        assertEquals("local", answer.get("backend").asString());
        assertTrue(answer.get("prediction").isIntegralNumber());
        assertEquals(answer.at("/probabilities/1"), answer.get("probability"));
        assertEquals(
                1,
                answer.at("/probabilities/0").asDouble()
                        + answer.at("/probabilities/1").asDouble(),
                1e-9);
        assertEquals("2019-04-19", answer.get("time").asString());
        assertEquals(
                List.of("amount", "city", "member", "marker"),
                List.copyOf(answer.get("features").propertyNames()));
        assertEquals("São Paulo", answer.at("/features/city").asString());
        assertTrue(client.get("/predictions/1016").json().at("/features/amount").isNull());
    }

    @Test
    void answersARegressionWithoutProbabilities() {
        JsonNode answer = client.get("/models/houses/predictions/h%2F7").json();
        assertEquals(
                List.of("id", "model", "release", "backend", "prediction", "features"),
                List.copyOf(answer.propertyNames()));
        assertEquals("h/7", answer.get("id").asString());
        double cheap = client.get("/models/houses/predictions/h%2F0")
                .json()
                .get("prediction")
                .asDouble();
        assertTrue(answer.get("prediction").asDouble() > cheap + 100_000, answer.toString());
    }

    @Test
    void saysTheSameOfAnEntityHoweverOftenAndWithWhateverItIsAsked() {
        List<Integer> ids = IntStream.range(1000, 1060).boxed().toList();
        List<String> first =
                ids.stream().map(id -> client.get("/predictions/" + id).body()).toList();
        String batch = client.post("/predictions", "application/json", "{\"ids\":" + ids + "}")
                .body();
        assertEquals("{\"predictions\":[" + String.join(",", first) + "],\"unknown\":[]}", batch);
        for (int id : ids) {
            String one = first.get(id - 1000);
            assertTrue(one.startsWith("{\"id\":" + id + ","), one);
            assertEquals(one, client.get("/predictions/" + id).body());
            String explained =
                    client.get("/predictions/" + id + "?explain=true").body();
            assertTrue(explained.startsWith(one.substring(0, one.length() - 1) + ","), explained);
        }
    }

    @Test
    void countsWhatItRemembersToo() {
        client.get("/predictions/1100");
        double before = predicted();
        client.get("/predictions/1100");
        client.post("/predictions", "application/json", "{\"ids\":[1100,1101,1100]}");
        assertEquals(before + 4, predicted());
    }

    private static double predicted() {
        return client.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("smew_predictions_total{") && line.contains("model=\"loans\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void keepsTheOrderOfManyIdsAndListsUnknownOnes() {
        JsonNode answer = client.post("/predictions", "application/json", "{\"ids\":[1007,\"1003\",-1,1007,\"5\"]}")
                .json();
        assertEquals(
                List.of(1007L, 1003L, 1007L),
                answer.get("predictions")
                        .valueStream()
                        .map(p -> p.get("id").asLong())
                        .toList());
        assertEquals("[-1,\"5\"]", answer.get("unknown").toString());
        assertEquals(client.get("/predictions/1003").json(), answer.at("/predictions/1"));
        assertEquals(
                "{\"predictions\":[],\"unknown\":[]}",
                client.post("/predictions", "application/json; charset=UTF-8", "{\"ids\":[]}")
                        .body());
        assertEquals(
                "h/3",
                client.post("/models/houses/predictions", "application/json", "{\"ids\":[\"h/3\"]}")
                        .json()
                        .at("/predictions/0/id")
                        .asString());
    }

    @Test
    void findsIdsBehindOtherMembersAndReadsNothingElse() {
        String plain = client.post("/predictions", "application/json", "{\"ids\":[1003,-99]}")
                .body();
        assertTrue(plain.contains("-99"), plain);
        for (String body : List.of(
                "{\"ids\":[1003,-99],\"ids2\":{\"ids\":[1]}}", " {\"a\":[{\"ids\":7}],\"ids\" : [1003 ,-99] } \n")) {
            assertEquals(
                    plain, client.post("/predictions", "application/json", body).body());
        }
        for (String body : List.of(
                "{\"ids\":[1003]} 1",
                "{\"ids\":[1003]}}",
                "{\"ids\":[1003]",
                "[1003]",
                "{}",
                "{\"ids\":1003}",
                "{\"ids\":[1003],\"a\":1,\"a\":2}",
                "7")) {
            assertEquals(
                    400, client.post("/predictions", "application/json", body).status(), body);
        }
    }

    @Test
    void tellsEveryMalformedIdOfAList() {
        Client.Reply reply = client.post("/predictions", "application/json", "{\"ids\":[1007,\"x\",1.5,null,[1],{}]}");
        assertEquals(400, reply.status());
        assertEquals(
                List.of("ids[1]", "ids[2]", "ids[3]", "ids[5]"),
                reply.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("where").asString())
                        .toList());
    }

    @Test
    void showsCardsAndTheFeaturesOfModels() {
        assertEquals(
                List.of("loans", "houses"),
                client.get("/models")
                        .json()
                        .get("models")
                        .valueStream()
                        .map(card -> card.get("name").asString())
                        .toList());
        assertEquals("loans", client.get("/models").json().get("default").asString());
        assertEquals("price", client.get("/models/houses").json().get("label").asString());
        JsonNode features = client.get("/features/1001").json();
        assertEquals(List.of("id", "model", "release", "time", "features"), List.copyOf(features.propertyNames()));
        assertEquals(features, client.get("/models/loans/features/1001").json());
        assertEquals(
                3,
                client.get("/models/houses/features/h%2F3")
                        .json()
                        .at("/features/rooms")
                        .asInt());
    }

    @Test
    void answersProbes() {
        for (String probe : List.of("/ping", "/livez", "/readyz")) {
            assertEquals(200, client.get(probe).status());
            assertEquals(200, client.send("HEAD", probe).status());
        }
    }
}
