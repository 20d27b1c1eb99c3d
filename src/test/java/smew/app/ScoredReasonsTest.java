package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import smew.release.Releases;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/** Reasons of the predictions for every entity. */
class ScoredReasonsTest {

    @TempDir
    Path folder;

    @Test
    void areThoseOverHttpBitForBit() throws Exception {
        try (CloudProject cloud = new CloudProject(folder)) {
            compare(cloud, new Prompt(cloud.project()));
        }
    }

    private static void compare(CloudProject cloud, Prompt prompt) throws Exception {
        StoreSettings local =
                StoreSettings.folder(cloud.project().resolve("out").toString());
        cloud.write("sql/models/risk_of_loss.sql", """
                -- @label status
                -- @allow separation * the label was made from the amount
                -- @allow label-copy * the label was made from the amount
                -- @algorithm random-forest trees=5 max-depth=4
                SELECT id, day, amount, -- what was lent
                    amount * (1 + id % 3) AS scaled, id % 7 AS week, status
                FROM history
                """);
        cloud.run(local, false);
        assertEquals(0, prompt.run(cloud.wiring, "score", "--explain", "2", "--json"), prompt.err());
        assertTrue(prompt.err().contains("reasons of risk_of_loss ..."), prompt.err());
        assertTrue(prompt.err().contains("Scored and explained 50 rows"), prompt.err());
        JsonNode rows = Json.tree(prompt.out());
        assertEquals(50, rows.size());
        try (Releases releases = Releases.of(local);
                Server server = Server.start(ServeSettings.DEFAULT.withPort(0), releases);
                HttpClient http = HttpClient.newHttpClient()) {
            for (JsonNode row : rows) {
                URI uri = URI.create("http://127.0.0.1:" + server.port() + "/predictions/"
                        + row.get("id").asLong() + "?explain=true&reasons=2");
                JsonNode answer =
                        Json.tree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body());
                JsonNode explanation = answer.get("explanation");
                assertEquals(
                        explanation.get("explains").asString() + " of "
                                + explanation.get("of").asString(),
                        row.get("explains").asString());
                assertEquals(
                        explanation.get("baseline").asDouble(),
                        row.get("baseline").asDouble());
                assertEquals(
                        explanation.get("value").asDouble(),
                        row.get("explained_value").asDouble());
                sameReasons(answer.get("reasons"), row);
            }
        }
    }

    private static void sameReasons(JsonNode reasons, JsonNode row) {
        for (int rank = 0; rank < 2; rank++) {
            String name = "reason_" + (rank + 1);
            if (rank >= reasons.size()) {
                assertTrue(row.get(name).isNull() && row.get(name + "_text").isNull());
                continue;
            }
            JsonNode reason = reasons.get(rank);
            assertEquals(reason.get("feature"), row.get(name));
            assertEquals(
                    reason.get("contribution").asDouble(),
                    row.get(name + "_contribution").asDouble());
            assertEquals(
                    reason.path("text").asString("none"),
                    row.get(name + "_text").asString("none"));
        }
    }
}
