package smew.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.serve.Client.Reply;

/** What an operator expects of a service. */
class OperationsTest extends OnTestStore {

    private static final String JSON = "application/json";

    @BeforeEach
    void release() {
        publish(1);
    }

    private Server start(Companions companions) {
        return Server.start(settings, store.releases(), Optional.empty(), companions);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** The network library goes without Java's management beans, to be ready sooner; whoever attaches to the process has them. */
    @Test
    void theManagementBeansOfJavaAreThereForWhoeverAsks() {
        try (Server server = start(Companions.NONE)) {
            assertEquals(200, new Client(server).get("/livez").status());
            assertTrue(ManagementFactory.getPlatformMBeanServer().getMBeanCount() > 10, "Java's own");
            assertNull(System.getProperty("javax.management.builder.initial"));
        }
    }

    @Test
    void countsAndTimesWhatItAnswersAndNamesNoId() {
        try (Server server = start(Companions.NONE)) {
            Client client = new Client(server);
            client.get("/predictions/1000");
            client.get("/predictions/5");
            client.post("/predictions", JSON, "{\"ids\":[1001,1002]}");
            client.get("/nowhere");
            String metrics = client.get("/metrics", "Accept", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
                    .body();
            // No backend is asked, nothing is tried, nothing is logged, and the store has no feature view.
            Set<Measured> without = Set.of(
                    Measured.BACKEND_REQUESTS,
                    Measured.FEATURE_AGE,
                    Measured.CANARY_SHARE,
                    Measured.CANARY_PREDICTIONS,
                    Measured.SHADOW_PREDICTIONS,
                    Measured.SHADOW_DIFFERENCE,
                    Measured.PREDICTIONS_LOGGED,
                    Measured.PREDICTIONS_WAITING,
                    Measured.PREDICTIONS_LOST,
                    Measured.FEATURE_DRIFT);
            for (Measured measured : Measured.values()) {
                boolean shown = metrics.contains("# HELP " + measured.metric() + " " + measured.doc());
                assertEquals(!without.contains(measured), shown, measured.metric());
            }
            for (String line : List.of(
                    "smew_http_request_duration_seconds_count{method=\"GET\",route=\"/predictions/{id}\",status=\"200\"} 1",
                    "smew_http_request_duration_seconds_count{method=\"GET\",route=\"/predictions/{id}\",status=\"404\"} 1",
                    "smew_http_request_duration_seconds_count{method=\"POST\",route=\"/predictions\",status=\"200\"} 1",
                    "smew_http_request_duration_seconds_count{method=\"other\",route=\"other\",status=\"404\"} 1",
                    "smew_http_requests_in_flight 1.0",
                    "smew_online_rows{name=\"loans\"} 60.0",
                    "smew_release_info{release=\"" + TestStore.id(1) + "\"} 1.0")) {
                assertTrue(metrics.contains(line), line + "\n" + metrics);
            }
            double predictions = metrics.lines()
                    .filter(line -> line.startsWith("smew_predictions_total{backend=\"local\",model=\"loans\",outcome=")
                            || line.startsWith("smew_predictions_total{model=\"loans\",backend=\"local\",outcome="))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
            assertEquals(3, predictions);
            assertTrue(metrics.contains("jvm_memory_used_bytes") && metrics.contains("process_cpu_seconds_total"));
            assertFalse(metrics.contains("1000\"") || metrics.contains("nowhere"), metrics);
        }
    }

    @Test
    void packsLongAnswersForWhoeverAsksAndReadsPackedBodies() throws Exception {
        try (Server server = start(Companions.NONE);
                HttpClient http = HttpClient.newHttpClient()) {
            Client client = new Client(server);
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(client.uri("/models"))
                            .header("Accept-Encoding", "br, gzip")
                            .build(),
                    BodyHandlers.ofByteArray());
            assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
            assertEquals(
                    client.get("/models").body(),
                    new String(
                            new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
                            StandardCharsets.UTF_8));
            assertEquals(
                    "", client.get("/models", "Accept-Encoding", "gzip;q=0").header("Content-Encoding"));
            assertEquals("", client.get("/livez", "Accept-Encoding", "gzip").header("Content-Encoding"));
            byte[] body = "{\"ids\":[1000]}".getBytes(StandardCharsets.UTF_8);
            HttpRequest.Builder asked = HttpRequest.newBuilder(client.uri("/predictions"))
                    .header("Content-Type", JSON)
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(packed(body)));
            assertEquals(
                    client.post("/predictions", JSON, "{\"ids\":[1000]}").body(),
                    client.send(asked).body());
        }
    }

    @Test
    void unpacksNoMoreThanTheLimit() throws Exception {
        ServeSettings small = settings.with(new ServeSettings.Limits(100_000, 10, 10));
        try (Server server = Server.start(small, store.releases())) {
            Client client = new Client(server);
            byte[] bomb = packed(" ".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII));
            assertTrue(bomb.length < 100_000);
            problem(
                    413,
                    client.send(HttpRequest.newBuilder(client.uri("/predictions"))
                            .header("Content-Type", JSON)
                            .header("Content-Encoding", "gzip")
                            .POST(BodyPublishers.ofByteArray(bomb))));
        }
    }

    @Test
    void answersLargeBodiesAndThoseThatDoNotTellTheirLength() {
        ServeSettings wide = settings.with(new ServeSettings.Limits(25_000_000, 200_000, 100));
        try (Server server = Server.start(wide, store.releases())) {
            Client client = new Client(server);
            String ids = "1000" + ",1000".repeat(99_999);
            Reply known = client.post("/predictions", JSON, "{\"ids\":[" + ids + "]}");
            assertEquals(100_000, known.json().get("predictions").size());
            Reply chunked = client.send(HttpRequest.newBuilder(client.uri("/predictions"))
                    .header("Content-Type", JSON)
                    .POST(BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream("{\"ids\":[1000]}".getBytes(StandardCharsets.UTF_8)))));
            assertEquals(1, chunked.json().get("predictions").size());
        }
    }

    @Test
    void tellsClientsThatHaveTheFeaturesAlready() {
        try (Server server = start(Companions.NONE)) {
            Client client = new Client(server);
            String tag = client.get("/features/1000").header("ETag");
            Reply known = client.get("/features/1000", "If-None-Match", "\"x\", " + tag);
            assertEquals(304, known.status());
            assertEquals("", known.body());
            assertEquals(tag, known.header("ETag"));
            assertEquals(304, client.get("/features/1000", "If-None-Match", "*").status());
            problem(404, client.get("/features/5", "If-None-Match", tag));
            publish(2);
            server.refresh();
            Reply changed = client.get("/features/1000", "If-None-Match", tag);
            assertEquals(200, changed.status());
            assertFalse(changed.header("ETag").equals(tag));
        }
    }

    @Test
    void refusesMoreRequestsAtOnceThanTheLimit() throws IOException {
        ServeSettings.Limits one =
                new ServeSettings.Limits(1_000_000, 10, 10, 1, 1, 100, Duration.ofSeconds(20), Long.MAX_VALUE);
        try (Server server = Server.start(settings.with(one), store.releases())) {
            Client client = new Client(server);
            try (var half = client.open()) {
                half.getOutputStream()
                        .write(("POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Expect: 100-continue\r\nContent-Length: 14\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                byte[] told = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                assertArrayEquals(told, half.getInputStream().readNBytes(told.length));
                Reply refused = client.get("/predictions/1000");
                detail("busy", problem(429, refused));
                assertEquals("1", refused.header("Retry-After"));
                // A busy server is not to be taken for a dead one.
                assertEquals(200, client.get("/livez").status());
                assertEquals(200, client.get("/readyz").status());
                half.getOutputStream().write("{\"ids\":[1000]}".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = new byte[12];
                assertEquals(12, half.getInputStream().readNBytes(answer, 0, 12));
                assertEquals("HTTP/1.1 200", new String(answer, StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void refusesABodyThatDoesNotComeInTime() throws IOException {
        ServeSettings.Limits impatient =
                new ServeSettings.Limits(10_000_000, 10, 10, 100, 10, 100, Duration.ofMillis(50), Long.MAX_VALUE);
        try (Server server = Server.start(settings.with(impatient), store.releases())) {
            Client client = new Client(server);
            for (int length : new int[] {20, 5_000_000}) {
                String answer =
                        client.raw("POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + length + "\r\n\r\n{\"ids\":");
                assertTrue(answer.startsWith("HTTP/1.1 408 ") && answer.contains("application/problem+json"), answer);
            }
            assertEquals(200, client.get("/predictions/1000").status());
        }
    }

    @Test
    void aServerThatSoonStopsIsNotReadyAndAnswersOn() {
        try (Server server = start(Companions.NONE)) {
            Client client = new Client(server);
            List<String> probes = List.of("/readyz", "/ping", "/v2/health/ready", "/v2/models/loans/ready");
            probes.forEach(probe -> assertEquals(200, client.get(probe).status(), probe));
            server.announce();
            probes.forEach(probe -> detail("stopping", problem(503, client.get(probe))));
            assertEquals(200, client.get("/livez").status());
            assertEquals(200, client.get("/predictions/1000").status());
            assertEquals(
                    200, client.post("/predictions", JSON, "{\"ids\":[1000]}").status());
        }
    }

    @Test
    void countsRequestsUnderWayAndLetsNoneInOnceItIsClosed() {
        InFlight inFlight = new InFlight();
        assertTrue(inFlight.enter(1));
        assertFalse(inFlight.enter(1), "one is under way");
        assertTrue(inFlight.enter(2));
        inFlight.close();
        inFlight.close();
        assertTrue(inFlight.isClosed());
        assertFalse(inFlight.enter(100));
        assertEquals(2, inFlight.now());
    }
}
