package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.columns.Column;
import smew.columns.Table;
import smew.serve.TestStore.View;

class FeaturesTest {

    @TempDir
    static Path folder;

    private static Server server;
    private static Client client;

    @BeforeAll
    static void start() {
        View loans = new View(
                "credit_history",
                List.of("id"),
                List.of("loan_date", "loan_id"),
                new Table(
                        List.of(
                                TestStore.integers("loan_id", 11, 12, 13),
                                TestStore.integers("id", 5008804, -7, 9),
                                new Column.Dates("loan_date", new int[] {18_600, 0, -1}, TestStore.NONE),
                                TestStore.doubles("average", 128.906371, Double.NaN, 1e300),
                                TestStore.texts("city", "Zoë \"x\"\n", null, "")),
                        3));
        View people = new View(
                "people",
                List.of("name"),
                List.of(),
                new Table(
                        List.of(
                                TestStore.texts("name", "a/b", "Zoë", "a,b", "%", "é".repeat(300)),
                                TestStore.integers("age", 1, 2, 3, 4, 5)),
                        5));
        View tills = new View(
                "tills",
                List.of("shop", "till"),
                List.of(),
                new Table(
                        List.of(
                                TestStore.texts("shop", "a,1", "b"),
                                TestStore.integers("till", 1, 2),
                                TestStore.integers("sum", 10, 20)),
                        2));
        TestStore store = new TestStore(folder);
        store.publish(1, List.of(loans, people, tills));
        server = Server.start(ServeSettings.DEFAULT.withPort(0).withFeaturesOnly(true), store.releases());
        client = new Client(server);
    }

    private static void contains(String expected, String found) {
        assertTrue(found.contains(expected), found);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersTheOnlineRowOfAView() {
        Client.Reply reply = client.get("/features/credit_history/5008804");
        assertEquals(200, reply.status());
        assertEquals(
                "{\"id\":5008804,\"view\":\"credit_history\",\"release\":\"" + TestStore.id(1)
                        + "\",\"time\":\"2020-12-04\",\"features\":{\"loan_id\":11,\"average\":128.906371,"
                        + "\"city\":\"Zoë \\\"x\\\"\\u000a\"}}",
                reply.body());
        assertEquals("application/json", reply.header("Content-Type"));
    }

    @Test
    void showsNullsAsNull() {
        assertTrue(client.get("/features/credit_history/-7")
                .json()
                .at("/features/average")
                .isNull());
        assertTrue(client.get("/features/credit_history/-7")
                .json()
                .at("/features/city")
                .isNull());
        assertEquals(
                "",
                client.get("/features/credit_history/9")
                        .json()
                        .at("/features/city")
                        .asString());
    }

    @Test
    void findsIdsHoweverTheyAreEncoded() {
        assertEquals(
                1,
                client.get("/features/people/a%2Fb").json().at("/features/age").asInt());
        assertEquals(
                2,
                client.get("/features/people/Zo%C3%AB")
                        .json()
                        .at("/features/age")
                        .asInt());
        assertEquals(
                3, client.get("/features/people/a,b").json().at("/features/age").asInt());
        assertEquals(
                3,
                client.get("/features/people/a%2cb").json().at("/features/age").asInt());
        contains("\"age\":4", client.rawGet("/features/people/%25?x=%2F&y=%FF&&="));
        assertEquals(
                5,
                client.get("/features/people/" + "%C3%A9".repeat(300))
                        .json()
                        .at("/features/age")
                        .asInt());
        contains("\"age\":2", client.rawGet("/features/people/Zoë"));
        contains("\"age\":2", client.rawGet("http://localhost/features/people/Zoë"));
    }

    @Test
    void splitsCompositeKeysBeforeDecodingThem() {
        assertEquals(
                "[\"a,1\",1]",
                client.get("/features/tills/a%2C1,1").json().get("id").toString());
        assertEquals(
                20, client.get("/features/tills/b,2").json().at("/features/sum").asInt());
        assertEquals(400, client.get("/features/tills/b").status());
        assertEquals(400, client.get("/features/tills/b,x").status());
        assertEquals(400, client.get("/features/tills/a,1,1").status());
        assertEquals(404, client.get("/features/tills/b,3").status());
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        Client.Reply head = client.send("HEAD", "/features/credit_history/9");
        assertEquals(200, head.status());
        assertEquals("", head.body());
        assertEquals(
                Integer.toString(client.get("/features/credit_history/9").body().length()),
                head.header("Content-Length"));
    }

    @Test
    void saysThatAReleaseWithoutModelsHasNone() {
        assertEquals(404, client.get("/predictions/9").status());
        assertTrue(client.get("/predictions/9").json().get("detail").asString().contains("--features-only"));
        assertEquals(503, client.get("/ping").status());
        assertEquals(200, client.get("/readyz").status());
        assertEquals(
                "{\"release\":\"" + TestStore.id(1) + "\",\"models\":[]}",
                client.get("/models").body());
    }
}
