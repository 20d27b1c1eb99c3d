package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/** A server beside a project: it needs no release, and shows both. */
class DeskTest extends OnTestStore {

    private static final Workbench PROJECT = new Workbench() {
        @Override
        public String digest() {
            return "d1";
        }

        @Override
        public void refresh() {}

        @Override
        public Object project() {
            return Map.of("name", "a project");
        }
    };

    private Server start() {
        return start(settings.withToken(Optional.empty()));
    }

    private Server start(ServeSettings others) {
        return Server.start(
                new ServeSettings(
                        others.listening(),
                        others.access(),
                        Optional.empty(),
                        true,
                        others.limits(),
                        others.timing(),
                        others.hosting(),
                        others.trials()),
                store.releases(),
                Optional.empty(),
                new Companions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(PROJECT)));
    }

    @Test
    void withoutAReleaseTheProjectIsShownAndTheRestSaysWhatToDo() {
        try (Server server = start()) {
            Client client = new Client(server);
            assertEquals(
                    "{\"status\":\"ready\",\"project\":\"d1\"}",
                    client.get("/readyz").body());
            assertEquals("a project", client.get("/project").json().get("name").asString());
            assertEquals(200, client.get("/").status());
            assertEquals(0, client.get("/releases").json().get("releases").size());
            assertEquals(0, client.get("/runs").json().get("runs").size());
            assertEquals(0, client.get("/models").json().get("models").size());
            for (String path : new String[] {
                "/releases/current",
                "/releases/current/sources",
                "/predictions/1",
                "/features/1",
                "/features/v/1",
                "/models/m",
                "/ping"
            }) {
                assertTrue(problem(503, client.get(path)).toString().contains("smew run"), path);
            }
            assertEquals(200, client.get("/metrics").status());
            assertEquals(200, client.get("/openapi.json").status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost", "LOCALHOST:8080", "my.localhost:1", "[::1]:8080", "192.168.1.20:8080"})
    void namesThatAreThisMachineAreAnswered(String name) {
        try (Server server = start()) {
            assertTrue(asked(server, name).startsWith("HTTP/1.1 200 "), name);
        }
    }

    /** A page of somebody else that has its own name lead to this machine would read the project. */
    @ParameterizedTest
    @ValueSource(strings = {"example.com", "example.com:8080", "localhost.example.com", "127.0.0.1.example.com", "x"})
    void namesThatOthersDecideAboutAreNot(String name) {
        try (Server server = start()) {
            assertTrue(asked(server, name).startsWith("HTTP/1.1 400 "), name);
        }
        try (Server server = start(settings.withToken(Optional.of("secret")))) {
            assertTrue(asked(server, name).startsWith("HTTP/1.1 401 "), "a token guards it: " + name);
        }
    }

    private static String asked(Server server, String name) {
        return new Client(server).raw("GET /project HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void aReleaseAppearsAndGoesWithTheStore() throws IOException {
        try (Server server = start()) {
            Client client = new Client(server);
            publish(1);
            server.refresh();
            JsonNode ready = client.get("/readyz").json();
            assertEquals(TestStore.id(1).value(), ready.get("release").asString());
            assertEquals("d1", ready.get("project").asString());
            Files.delete(folder.resolve("CURRENT"));
            server.refresh();
            assertFalse(client.get("/readyz").json().has("release"));
        }
    }

    @Test
    void aDamagedReleaseKeepsNobodyFromTheProject() throws IOException {
        publish(1);
        Files.writeString(folder.resolve("releases/" + TestStore.id(1) + "/release.json"), "{");
        try (Server server = start()) {
            Client client = new Client(server);
            assertFalse(client.get("/readyz").json().has("release"));
            assertEquals(200, client.get("/project").status());
        }
    }

    @Test
    void theSqlOnDiskIsShownToWhoHasTheTokenAlone() {
        String token = Token.generate();
        try (Server server = start(settings.withToken(Optional.of(token)))) {
            Client client = new Client(server);
            problem(401, client.get("/project"));
            problem(401, client.get("/runs"));
            assertEquals(
                    200,
                    client.get("/project", "Authorization", "Bearer " + token).status());
            assertEquals(200, client.get("/").status());
        }
    }

    @Test
    void aServerOfReleasesShowsNoProjectAndStillNeedsARelease() {
        assertEquals(
                Fault.NOT_READY,
                assertThrows(SmewException.class, () -> Server.start(settings, store.releases()))
                        .fault());
        publish(1);
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            assertTrue(problem(404, client.get("/project")).toString().contains("smew ui"));
            assertFalse(client.get("/readyz").json().has("project"));
            // Releases of an older Smew keep neither.
            problem(404, client.get("/releases/current/lineage"));
            assertFalse(problem(404, client.get("/releases/current/sources"))
                    .toString()
                    .contains(folder.toString()));
        }
    }
}
