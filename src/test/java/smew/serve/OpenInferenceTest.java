package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Open Inference Protocol, as its clients speak it. */
class OpenInferenceTest extends OnServer {

    private static final String JSON = "application/json";
    private static final String INFER = "/v2/models/loans/infer";

    private static String release;

    @BeforeAll
    static void start() {
        release = serve(
                        ServeSettings.DEFAULT.withPort(0).with(new ServeSettings.Limits(100_000, 100, 100)),
                        TestStore.loans(1, "loans", 200))
                .value();
    }

    private static String tensor(String name, String shape, String type, String data) {
        return "{\"name\":\"%s\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}".formatted(name, shape, type, data);
    }

    @Test
    void answersRowsAsInvocationsDo() {
        String inputs = String.join(
                ",",
                tensor("amount", "[2]", "FP64", "[9,1000]"),
                tensor("city", "[2,1]", "BYTES", "[[\"Oslo\"],[\"Rome\"]]"),
                tensor("member", "[2]", "BOOL", "[true,null]"),
                tensor("marker", "[2]", "INT64", "[1,1]"));
        JsonNode answer = client.post(INFER, JSON, "{\"id\":\"a7\",\"inputs\":[" + inputs + "]}")
                .json();
        JsonNode rows = client.post(
                        "/invocations", JSON, "{\"instances\":[[9,\"Oslo\",true,1],[1000,\"Rome\",null,1]]}")
                .json()
                .get("predictions");
        assertEquals("loans", answer.get("model_name").asString());
        assertEquals(release, answer.get("model_version").asString());
        assertEquals("a7", answer.get("id").asString());
        JsonNode predictions = answer.get("outputs").get(0);
        JsonNode probabilities = answer.get("outputs").get(1);
        assertEquals("[2]", predictions.get("shape").toString());
        assertEquals("[2,2]", probabilities.get("shape").toString());
        for (int row = 0; row < 2; row++) {
            assertEquals(
                    rows.get(row).get("prediction"), predictions.get("data").get(row));
            int at = 0;
            for (JsonNode probability : rows.get(row).get("probabilities")) {
                assertEquals(probability, probabilities.get("data").get(2 * row + at++));
            }
        }
    }

    @Test
    void answersOneTensorOfAllInputsAndOnlyTheOutputsAskedFor() {
        String body = "{\"inputs\":[" + tensor("rows", "[1,4]", "BYTES", "[[9,\"Oslo\",true,1]]")
                + "],\"outputs\":[{\"name\":\"probabilities\"}]}";
        JsonNode answer = client.post("/v2/models/loans/versions/" + release + "/infer", JSON, body)
                .json();
        assertEquals(1, answer.get("outputs").size());
        assertEquals("probabilities", answer.get("outputs").get(0).get("name").asString());
    }

    @Test
    void tellsWhatAModelTakesAndGives() {
        JsonNode model = client.get("/v2/models/loans").json();
        assertEquals("[\"" + release + "\"]", model.get("versions").toString());
        assertEquals(4, model.get("inputs").size());
        assertEquals("BYTES", model.get("inputs").get(1).get("datatype").asString());
        assertEquals("[-1,2]", model.get("outputs").get(1).get("shape").toString());
        assertEquals("{\"ready\":true}", client.get("/v2/health/ready").body());
        assertEquals("{\"live\":true}", client.get("/v2/health/live").body());
        assertEquals(200, client.get("/v2/models/loans/ready").status());
        assertEquals("smew", client.get("/v2").json().get("name").asString());
    }

    @Test
    void refusesWhatDoesNotFitInItsOwnWords() {
        JsonNode refused = problem(404, client.get("/v2/models/loans/versions/7"));
        assertEquals(refused.get("detail"), refused.get("error"));
        problem(400, client.post(INFER, JSON, "{\"inputs\":[]}"));
        problem(
                400,
                client.post(
                        INFER,
                        JSON,
                        "{\"inputs\":[" + tensor("rows", "[1,4]", "BYTES", "[[1,\"Oslo\",true,1]]")
                                + "],\"outputs\":[{\"name\":\"x\"}]}"));
        for (String tensors : new String[] {
            tensor("amount", "[0]", "FP64", "[]"),
            tensor("amount", "[]", "FP64", "[]"),
            tensor("amount", "[1,1,1]", "FP64", "[1]"),
            tensor("amount", "[2]", "FP64", "[1]"),
            tensor("amount", "[1,3]", "FP64", "[1,2,3]"),
            tensor("amount", "[1]", "FP64", "[1]"),
            tensor("amount", "[1]", "FP64", "[\"x\"]"),
            tensor("amount", "[2,2000000000]", "FP64", "[1]"),
            tensor("amount", "[1]", "FP65", "[1]"),
            "{\"name\":\"amount\",\"shape\":[1],\"data\":[1]}",
            tensor("amount", "[1]", "FP64", "[" + "9".repeat(400) + "]"),
            tensor("amount", "[1]", "UINT8", "[256]"),
            tensor("amount", "[1]", "UINT64", "[-1]"),
            tensor("amount", "[1]", "INT64", "[9223372036854775808]"),
            tensor("amount", "[1]", "INT64", "[1.5]"),
            tensor("amount", "[1]", "BOOL", "[1]"),
            tensor("amount", "[1]", "FP64", "[1]") + "," + tensor("city", "[2]", "BYTES", "[\"a\",\"b\"]")
        }) {
            problem(422, client.post(INFER, JSON, "{\"inputs\":[" + tensors + "]}"));
        }
        String twice = tensor("amount", "[1]", "FP64", "[1]") + "," + tensor("amount", "[1]", "INT8", "[-128]");
        detail("comes twice", problem(422, client.post(INFER, JSON, "{\"inputs\":[" + twice + "]}")));
        detail("expected a text", problem(400, client.post(INFER, JSON, "{\"id\":5,\"inputs\":[" + twice + "]}")));
        detail(
                "limit",
                problem(
                        413,
                        client.post(INFER, JSON, "{\"inputs\":[" + tensor("amount", "[101]", "FP64", "[1]") + "]}")));
    }
}
