package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.problem;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** The releases of the store over HTTP, and the page that shows them. */
class ReleaseListTest extends OnTestStore {

    private static final String JSON = "application/json";

    @Test
    void listsTheNewestFirstAndTellsWhatEachWasMadeFrom() {
        publish(1);
        publish(2);
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            JsonNode all = client.get("/releases").json();
            assertEquals(TestStore.id(2).value(), all.get("served").asString());
            assertEquals(TestStore.id(2).value(), all.get("current").asString());
            assertEquals(2, all.get("releases").size());
            assertEquals(
                    TestStore.id(1).value(),
                    all.get("releases").get(1).get("id").asString());
            String current = client.get("/releases/current").body();
            assertEquals(client.get("/releases/" + TestStore.id(2)).body(), current);
            problem(404, client.get("/releases/" + TestStore.id(3)));
            assertFalse(problem(404, client.get("/releases/..%2F..%2Fetc"))
                    .toString()
                    .contains(folder.toString()));
        }
    }

    @Test
    void anEarlierReleaseBecomesCurrentWhereTheServerHasAToken() {
        publish(1);
        publish(2);
        String token = Token.generate();
        try (Server server = Server.start(settings.withToken(Optional.of(token)), store.releases())) {
            Client client = new Client(server);
            String[] authorized = {"Authorization", "Bearer " + token};
            Reply back = client.post("/releases", JSON, "{\"current\":\"" + TestStore.id(1) + "\"}", authorized);
            assertEquals(200, back.status(), back.body());
            assertEquals(TestStore.id(1).value(), back.json().get("current").asString());
            server.refresh();
            assertEquals(TestStore.id(1).value(), server.release());
            problem(404, client.post("/releases", JSON, "{\"current\":\"" + TestStore.id(3) + "\"}", authorized));
            problem(400, client.post("/releases", JSON, "{\"current\":1}", authorized));
            problem(401, client.post("/releases", JSON, "{\"current\":\"" + TestStore.id(2) + "\"}"));
        }
    }

    /** Any page that is open in a browser could send it otherwise. */
    @Test
    void nobodyMakesAReleaseCurrentWhereNoTokenIsAskedFor() {
        publish(1);
        publish(2);
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            problem(409, client.post("/releases", JSON, "{\"current\":\"" + TestStore.id(1) + "\"}"));
            assertEquals(
                    TestStore.id(2).value(),
                    client.get("/releases").json().get("current").asString());
        }
    }

    @Test
    void thePageRunsNothingButItsOwnFilesAndIsNotSentTwice() {
        publish(1);
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            Reply page = client.get("/");
            assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
            String policy = page.header("Content-Security-Policy");
            assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertFalse(page.body().contains("<script>") || page.body().contains("style="), page.body());
            Reply script = client.get("/page/app.js");
            assertEquals("text/javascript; charset=utf-8", script.header("Content-Type"));
            assertEquals(
                    304,
                    client.get("/page/app.js", "If-None-Match", script.header("ETag"))
                            .status());
            problem(404, client.get("/page/..%2Fduck%2Fsandbox-functions.txt"));
        }
    }
}
