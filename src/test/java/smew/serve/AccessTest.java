package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.problem;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** Who may ask, from where, and what is written down of it. */
class AccessTest extends OnTestStore {

    @BeforeEach
    void release() {
        publish(1);
    }

    private Server start(Companions companions) {
        return Server.start(settings, store.releases(), Optional.empty(), companions);
    }

    private static ServeSettings.Access access(Optional<String> token, Optional<Path> file, String... origins) {
        return new ServeSettings.Access(token, file, false, List.of(origins));
    }

    @Test
    void readsTokensFromAFileAndAgainWhenItChanges() throws IOException {
        Path file = folder.resolve("tokens");
        Files.writeString(file, "# of two teams\nfirst\n\n second \n");
        Tokens tokens = new Tokens(access(Optional.of("given"), Optional.of(file)));
        for (String right : List.of("given", "first", "second")) {
            tokens.check(false, headers("Bearer " + right));
        }
        for (String wrong : List.of("# of two teams", "", "firs", "firstx", "first second")) {
            assertThrows(SmewException.class, () -> tokens.check(false, headers("Bearer " + wrong)), wrong);
        }
        Files.writeString(file, "third\n");
        tokens.refresh();
        tokens.check(false, headers("Bearer third"));
        assertThrows(SmewException.class, () -> tokens.check(false, headers("Bearer first")));
        Files.delete(file);
        tokens.refresh();
        tokens.check(false, headers("Bearer third"));
        Files.writeString(file, "# none\n");
        for (Path none : List.of(file, folder.resolve("nowhere"))) {
            SmewException refused =
                    assertThrows(SmewException.class, () -> new Tokens(access(Optional.empty(), Optional.of(none))));
            assertEquals(Fault.CONFIGURATION, refused.fault());
            assertTrue(refused.getMessage().contains(none.toString()), refused.getMessage());
        }
    }

    private static HeaderMap headers(String authorization) {
        return new HeaderMap().put(Headers.AUTHORIZATION, authorization);
    }

    @Test
    void aTokenFileGuardsAnAddressThatOthersReach() throws IOException {
        Path file = folder.resolve("tokens");
        Files.writeString(file, "first\nsecond\n");
        ServeSettings guarded = settings.withBind("0.0.0.0").with(access(Optional.empty(), Optional.of(file)));
        try (Server server = Server.start(guarded, store.releases())) {
            Client client = new Client(server);
            problem(401, client.get("/predictions/1000"));
            assertEquals(
                    200,
                    client.get("/predictions/1000", "Authorization", "Bearer second")
                            .status());
        }
    }

    @Test
    void letsPagesOfOtherOriginsReadNothingUnlessTheyAreNamed() {
        String origin = "https://example.com";
        try (Server server = start(Companions.NONE)) {
            Reply reply = client(server).get("/predictions/1000", "Origin", origin);
            assertEquals("", reply.header("Access-Control-Allow-Origin"));
            assertEquals(405, preflight(server, origin).status());
        }
        try (Server server =
                Server.start(settings.with(access(Optional.of("t"), Optional.empty(), origin)), store.releases())) {
            Reply told = preflight(server, origin);
            assertEquals(204, told.status());
            assertEquals(origin, told.header("Access-Control-Allow-Origin"));
            assertEquals("GET, HEAD, POST", told.header("Access-Control-Allow-Methods"));
            assertTrue(told.header("Access-Control-Allow-Headers").contains("Authorization"));
            assertEquals(405, preflight(server, "https://example.com.evil").status());
            Reply refused = client(server).get("/predictions/1000", "Origin", origin);
            problem(401, refused);
            assertEquals(origin, refused.header("Access-Control-Allow-Origin"));
            Reply other = client(server).get("/predictions/1000", "Origin", "null", "Authorization", "Bearer t");
            assertEquals("", other.header("Access-Control-Allow-Origin"));
            assertEquals("Origin", other.header("Vary"));
        }
    }

    private static Client client(Server server) {
        return new Client(server);
    }

    private static Reply preflight(Server server, String origin) {
        return client(server)
                .send("OPTIONS", "/predictions/1000", "Origin", origin, "Access-Control-Request-Method", "GET");
    }

    @Test
    void writesALineForEachRequestThatNothingCanBreak() throws IOException {
        for (boolean json : new boolean[] {false, true}) {
            Path file = folder.resolve(json ? "access.json" : "access.log");
            try (AccessLog log = AccessLog.open(Optional.of(file), System.out, json, Clock.systemUTC())) {
                try (Server server = start(new Companions(Optional.empty(), Optional.of(log), Optional.empty()))) {
                    Client client = new Client(server);
                    client.get("/predictions/1000?explain=false", "X-Request-Id", "abc");
                    client.rawGet("/x\u0001\"y");
                }
            }
            // A line comes when its request is over, which of two connections may be either first.
            List<String> lines = Files.readAllLines(file).stream()
                    .sorted(Comparator.comparing(line -> !line.contains("/predictions/1000")))
                    .toList();
            assertEquals(2, lines.size(), lines.toString());
            if (json) {
                JsonNode line = Json.tree(lines.getFirst());
                assertEquals(
                        "/predictions/1000?explain=false", line.get("target").asString());
                assertEquals(200, line.get("status").asInt());
                assertEquals("abc", line.get("request_id").asString());
                assertTrue(line.get("bytes").asInt() > 100
                        && line.get("milliseconds").asDouble() > 0);
            } else {
                assertTrue(
                        lines.getFirst()
                                .matches(
                                        "\\S+Z 127\\.0\\.0\\.1 \"GET /predictions/1000\\?explain=false\" 200 \\d+ [0-9.]+ms abc"),
                        lines.getFirst());
                assertTrue(lines.getLast().contains("\"GET /x??y\" 404 "), lines.getLast());
            }
        }
        SmewException refused = assertThrows(
                SmewException.class,
                () -> AccessLog.open(Optional.of(folder.resolve("no/where")), System.out, false, Clock.systemUTC()));
        assertEquals(Fault.CONFIGURATION, refused.fault());
    }
}
