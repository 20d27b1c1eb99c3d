package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import smew.app.Console.Outcome;
import smew.base.Json;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/** Looks at a store through everything that reads it, and tells which release they agree on. */
record Witness(SmallProject project, Path folder) {

    /**
     * The lowest amount of the one release that files, warehouse, model and server show; fails where they show a mix, or
     * where a file is not what was released.
     */
    int lowestAmount() {
        Releases releases = Releases.of(StoreSettings.folder(folder.toString()));
        ReleaseId current = releases.requireCurrent();
        Manifest manifest = releases.manifest(current);
        assertEquals(current.value(), manifest.id());
        manifest.outputs().forEach(output -> releases.files(manifest).file(output.path()));
        releases.list().forEach(releases::manifest);
        Outcome sql = project.smew(
                "sql",
                "--store",
                folder.toString(),
                "SELECT r.id, min(amount)::INTEGER AS lowest FROM smew_release r, history GROUP BY r.id");
        assertEquals(0, sql.code(), sql.err());
        String[] row = sql.out().lines().toList().getLast().split(",");
        assertEquals(current.value(), row[0], "the warehouse is that of the current release");
        int lowest = Integer.parseInt(row[1]);
        assertEquals(lowest, served(releases, current) / 100 * 100, "the server shows the current release");
        return lowest;
    }

    private static int served(Releases releases, ReleaseId current) {
        try (Server server = Server.start(ServeSettings.DEFAULT.withPort(0), releases);
                HttpClient http = HttpClient.newHttpClient()) {
            URI one = URI.create("http://127.0.0.1:" + server.port() + "/predictions/1");
            JsonNode answer = Json.tree(http.send(HttpRequest.newBuilder(one).build(), BodyHandlers.ofString())
                    .body());
            assertEquals(current.value(), answer.get("release").asString());
            return answer.get("features").get("amount").asInt();
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
