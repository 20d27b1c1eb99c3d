package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.problem;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void noServerStartsWithATokenFileThatIsMissingOrHoldsNoneAndItSaysWhich() throws IOException {
        Path file = folder.resolve("tokens");
        assertEquals(
                "Reading tokens from " + file
                        + ": there is no such file. Name a text file with one token on each line.",
                refusedWith(file));
        for (String nothing : List.of("", "\n  \n", "# of nobody\n")) {
            Files.writeString(file, nothing);
            assertEquals(
                    "Reading tokens from " + file + ": it holds none, expected one on each line.", refusedWith(file));
        }
    }

    /** A token that was given beside the file does not stand in for it. */
    private String refusedWith(Path file) {
        ServeSettings guarded = settings.with(access(Optional.of("given"), Optional.of(file)));
        SmewException refused = assertThrows(SmewException.class, () -> Server.start(guarded, store.releases()));
        assertEquals(Fault.CONFIGURATION, refused.fault());
        return String.valueOf(refused.getMessage());
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
            Reply nowhere = client(server).get("/nowhere", "Origin", origin);
            problem(404, nowhere);
            assertEquals(origin, nowhere.header("Access-Control-Allow-Origin"));
            Reply other = client(server).get("/predictions/1000", "Origin", "null", "Authorization", "Bearer t");
            assertEquals("", other.header("Access-Control-Allow-Origin"));
            assertEquals("Origin", other.header("Vary"));
        }
    }

    @Test
    void aPreflightListsWhatPagesMaySendAndReadAndOnesOfOtherOriginsLearnNothing() {
        String origin = "https://example.com";
        try (Server server =
                Server.start(settings.with(access(Optional.empty(), Optional.empty(), origin)), store.releases())) {
            Reply told = preflight(server, origin);
            assertEquals(
                    Map.of(
                            "access-control-allow-headers",
                            "Authorization, Content-Encoding, Content-Type, If-None-Match, X-Request-Id",
                            "access-control-allow-methods",
                            "GET, HEAD, POST",
                            "access-control-allow-origin",
                            origin,
                            "access-control-expose-headers",
                            "ETag, Retry-After, X-Request-Id, X-Smew-Release, X-Smew-Truncated",
                            "access-control-max-age",
                            "600"),
                    ofCors(told));
            Reply read = client(server).get("/predictions/1000", "Origin", origin);
            assertEquals(
                    Set.of("access-control-allow-origin", "access-control-expose-headers"),
                    ofCors(read).keySet());
            String other = "https://example.com:8443";
            assertEquals(Map.of(), ofCors(preflight(server, other)));
            assertEquals(Map.of(), ofCors(client(server).get("/predictions/1000", "Origin", other)));
        }
    }

    private static Map<String, String> ofCors(Reply reply) {
        Map<String, String> found = new TreeMap<>();
        reply.response().headers().map().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("access-control-")) {
                found.put(name.toLowerCase(Locale.ROOT), String.join("|", values));
            }
        });
        return found;
    }

    @Test
    void aPageCannotReadWhatNeedsNoTokenUnderANameOfItsOwn() {
        String asked = "GET /predictions/1000 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        try (Server server = start(Companions.NONE)) {
            assertTrue(client(server).raw(asked).startsWith("HTTP/1.1 400 "));
            assertTrue(client(server)
                    .raw(asked.replace("evil.example", "localhost:8080"))
                    .startsWith("HTTP/1.1 200 "));
        }
        try (Server server = Server.start(settings.withInsecure(true), store.releases())) {
            assertTrue(client(server).raw(asked).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aTokenOfAnyLettersIsKnownAsUtf8AndAsLatin1() {
        Token token = new Token("drei\u00dfig");
        assertTrue(token.is("drei\u00c3\u009fig"));
        assertTrue(token.is("drei\u00dfig"));
        assertFalse(token.is("dreissig"));
    }

    private static Client client(Server server) {
        return new Client(server);
    }

    private static Reply preflight(Server server, String origin) {
        return client(server)
                .send("OPTIONS", "/predictions/1000", "Origin", origin, "Access-Control-Request-Method", "GET");
    }

    /** As when a disk was full for a moment. */
    @Test
    void anAccessLogThatCouldNotBeWrittenGoesOnWhereItCan() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean full = new AtomicBoolean(true);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream disk = new FilterOutputStream(written) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                if (full.get()) {
                    failed.countDown();
                    throw new IOException("No space left on device");
                }
                written.write(bytes, from, count);
            }
        };
        try (AccessLog log = new AccessLog(disk, "here", false, false, Clock.systemUTC());
                Server server = start(new Companions(Optional.empty(), Optional.of(log), Optional.empty()))) {
            client(server).get("/predictions/1000", "X-Request-Id", "lost");
            failed.await();
            full.set(false);
            client(server).get("/predictions/1000", "X-Request-Id", "kept");
        }
        String text = written.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("\n") && text.endsWith(" kept\n") && !text.contains("lost"), text);
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
