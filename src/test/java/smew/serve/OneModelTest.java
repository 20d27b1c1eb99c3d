package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.release.ReleaseId;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** A model alone, as SageMaker hosts it. */
class OneModelTest {

    private static final String CSV = "text/csv";
    private static final String LINES = "application/jsonlines";
    private static final String ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes";
    private static final String ROWS = "900,Oslo,true,1\n,Łódź,false,1\n";

    @TempDir
    static Path folder;

    private static Path model;
    private static Server server;
    private static Client client;

    @BeforeAll
    static void start() {
        TestStore store = new TestStore(folder);
        ReleaseId id = store.publishModels(1, TestStore.loans(1, "loans", 300));
        model = store.directory(id).resolve("models/loans");
        server = Server.start(
                ServeSettings.DEFAULT
                        .withPort(0)
                        .with(new ServeSettings.Limits(26_214_400, 10, 1_000_000))
                        .with(new ServeSettings.Hosting(Optional.of(CSV), 3, "SINGLE_RECORD", 8)),
                model,
                Companions.NONE);
        client = new Client(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isHealthyAndTellsHowToSendABatch() {
        assertEquals(200, client.get("/ping").status());
        assertEquals(
                "{\"MaxConcurrentTransforms\":3,\"BatchStrategy\":\"SINGLE_RECORD\",\"MaxPayloadInMB\":8}",
                client.get("/execution-parameters").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/predictions/1001",
                "/features/1001",
                "/features/loans/1001",
                "/models/loans/predictions/1001",
                "/models/loans/features/1001",
            })
    void knowsNoEntity(String path) {
        problem(404, client.get(path));
    }

    @Test
    void saysWhatToSendInPlaceOfAnId() {
        detail("is served alone, without the rows of any entity", problem(404, client.get("/predictions/1001")));
        problem(404, client.post("/predictions", "application/json", "{\"ids\":[1001]}"));
        assertEquals("loans", client.get("/models").json().get("default").asString());
    }

    @Test
    void answersInTheTypeThatTheHostMadeTheDefault() {
        Reply csv = client.post("/invocations", CSV, ROWS);
        assertEquals("text/csv; charset=utf-8", csv.header("Content-Type"));
        assertEquals(2, csv.body().lines().count());
        assertEquals(
                csv.body(),
                client.post("/invocations", CSV, ROWS, "Accept", "*/*").body());
        assertEquals(
                2,
                client.post("/invocations", CSV, ROWS, "Accept", "application/json")
                        .json()
                        .get("predictions")
                        .size());
        SmewException refused = assertThrows(
                SmewException.class, () -> new ServeSettings.Hosting(Optional.of("text/html"), 1, "MULTI_RECORD", 6));
        assertEquals(Fault.CONFIGURATION, refused.fault());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":900,\"city\":\"Oslo\",\"member\":true,\"marker\":1}\n{\"city\":\"Łódź\",\"amount\":null,\"member\":false,\"marker\":1}",
                "[900,\"Oslo\",true,1]\r\n\r\n[null,\"Łódź\",false,1]\r\n",
                "{\"features\":[900,\"Oslo\",true,1]}\n{\"features\":[null,\"Łódź\",false,1]}\n",
            })
    void readsAndWritesALineForEachRow(String body) {
        Reply reply = client.post("/invocations", LINES, body, "Accept", LINES);
        assertEquals(200, reply.status(), reply.body());
        assertEquals(LINES, reply.header("Content-Type"));
        JsonNode expected = client.post("/invocations", CSV, ROWS, "Accept", "application/json")
                .json()
                .get("predictions");
        List<JsonNode> lines = reply.body().lines().map(Json::tree).toList();
        assertEquals(List.of(expected.get(0), expected.get(1)), lines);
        String instances = "{\"instances\":[" + String.join(",", body.strip().split("\\s*\n\\s*")) + "]}";
        assertEquals(
                expected,
                client.post("/invocations", "application/json", instances, "Accept", "application/json")
                        .json()
                        .get("predictions"));
    }

    @Test
    void namesTheLineOrTheRowThatIsWrong() {
        String row = "[1,\"Oslo\",true,1]\n";
        detail("line 3", problem(400, client.post("/invocations", LINES, row + "\n{\"amount\":\n")));
        detail("line 2", problem(400, client.post("/invocations", LINES, row + "[1] [2]\n")));
        assertEquals(
                "row 1",
                problem(422, client.post("/invocations", LINES, row + "7\n"))
                        .at("/errors/0/where")
                        .asString());
        detail("no row", problem(400, client.post("/invocations", LINES, " \n\n")));
    }

    @Test
    void givesCustomAttributesBackAlsoWithARefusal() {
        String longest = "trace id=" + "~".repeat(1015);
        assertEquals(
                longest,
                client.post("/invocations", CSV, ROWS, ATTRIBUTES, longest).header(ATTRIBUTES));
        Reply refused = client.post("/invocations", CSV, "1\n", ATTRIBUTES, "a");
        problem(422, refused);
        assertEquals("a", refused.header(ATTRIBUTES));
        assertEquals("", client.get("/ping", ATTRIBUTES, "a").header(ATTRIBUTES));
        detail("1025 characters", problem(400, client.post("/invocations", CSV, ROWS, ATTRIBUTES, longest + "~")));
        String raw = client.raw(
                "POST /invocations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/csv\r\n"
                        + ATTRIBUTES + ": caf\u00e9\r\nContent-Length: 0\r\n\r\n");
        assertTrue(raw.startsWith("HTTP/1.1 400 "), raw);
        assertFalse(raw.contains("\r\n" + ATTRIBUTES), raw);
    }

    @Test
    void takesABodyOf25Megabytes() {
        String row = "900,Oslo,true,1,";
        String padded = "amount,city,member,marker,note\n" + (row + "x".repeat(100_000) + "\n").repeat(262);
        assertTrue(padded.length() > 26_000_000 && padded.length() < 26_214_400, "" + padded.length());
        assertEquals(
                262, client.post("/invocations", CSV, padded).body().lines().count());
        String larger = client.raw("POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                + "Expect: 100-continue\r\nContent-Length: 26214401\r\n\r\n");
        assertTrue(larger.startsWith("HTTP/1.1 413 "), larger);
    }

    @Test
    void doesNotStartWithoutAWholeModel() {
        ServeSettings settings = ServeSettings.DEFAULT.withPort(0);
        SmewException none = assertThrows(
                SmewException.class,
                () -> Server.start(settings, folder.resolve("nowhere"), Companions.NONE)
                        .close());
        assertEquals(Fault.NOT_FOUND, none.fault());
    }
}
