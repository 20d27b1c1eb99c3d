package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** The sample project served: the answers of a process, a new release under it, and its end. */
class ServeEndToEndTest {

    private static final Pattern SERVING =
            Pattern.compile("Serving on http://127\\.0\\.0\\.1:(\\d+) \\(Ctrl-C stops\\)");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    @TempDir
    static Path logs;

    private static SmewJar smew;
    private static SmewJar.Running server;
    private static int port;

    @BeforeAll
    static void serveTheSample() throws Exception {
        assertEquals(0, SmewJar.in(folder, logs).run("init", "sample").code());
        smew = SmewJar.in(folder.resolve("sample"), logs);
        assertEquals(0, smew.run("run", "--as-of", "2021-09-17").code());
        server = smew.start("serve", "--port", "0");
        port = server.port();
    }

    @AfterAll
    static void stop() {
        server.process().destroyForcibly();
        HTTP.close();
    }

    @Test
    void answersByIdAndByRow() throws Exception {
        JsonNode one = Json.tree(get("/predictions/5008804").body());
        assertEquals("credit_risk", one.get("model").asString());
        assertEquals(new StoreFiles(store()).current(), one.get("release").asString());
        assertEquals(0, one.get("prediction").asInt());
        JsonNode history = Json.tree(get("/features/credit_history/5008804").body());
        assertTrue(history.toString().contains("nb_previous_loans"), history.toString());
        JsonNode many = Json.tree(post("/predictions", "{\"ids\":[5008804,1]}").body());
        assertEquals(one.get("probability"), many.get("predictions").get(0).get("probability"));
        assertEquals(1, many.get("unknown").get(0).asInt());
        String row = "{\"dataframe_records\":[" + one.get("features") + "]}";
        JsonNode invoked = Json.tree(post("/invocations", row).body());
        assertTrue(invoked.toString().contains(one.get("probability").toString()), invoked.toString());
        assertEquals(200, get("/ping").statusCode());
        assertEquals(404, get("/predictions/1").statusCode());
    }

    @Test
    void answersQueriesOverTheWarehouse() throws Exception {
        JsonNode answer = Json.tree(post("/sql", "{\"sql\":\"SELECT count(*) FROM credit_history\"}")
                .body());
        assertEquals("[[40000]]", answer.get("rows").toString());
    }

    @Test
    void aRunPublishesBelowTheServerWithoutAFailedRequest() throws Exception {
        String old = served();
        SmewJar.Running run = smew.start("run", "--as-of", "2020-12-31");
        Set<String> seen = new TreeSet<>();
        while (run.process().isAlive()) {
            seen.add(served());
        }
        assertEquals(0, run.end().code(), run.err());
        String young = new StoreFiles(store()).current();
        assertNotEquals(old, young);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!seen.contains(young)) {
            assertTrue(System.nanoTime() < deadline, "the server takes up a new release within seconds");
            seen.add(served());
        }
        assertEquals(Set.of(old, young), seen);
        assertEquals("", server.out());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sigtermEndsItAfterTheRequestsInFlight() throws Exception {
        SmewJar.Running other = smew.start("serve", "--port", "0");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
            socket.setSoTimeout(20_000);
            byte[] body = "{\"ids\":[5008804]}".getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            // The server has begun this request and waits for its body.
            assertEquals("HTTP/1.1 100 Continue", in.readLine());
            other.process().destroy();
            awaitRefusal(other.port());
            out.write(body);
            List<String> answer = in.lines().toList();
            assertTrue(answer.contains("HTTP/1.1 200 OK"), answer.toString());
            assertTrue(answer.getLast().contains("\"prediction\":0"), answer.toString());
        }
        assertEquals(0, other.end().code());
        assertFalse(other.err().contains("WARN"), other.err());
    }

    /** Asks until the server takes no new work. */
    private static void awaitRefusal(int of) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int status = 200;
        while (status != 503) {
            assertTrue(System.nanoTime() < deadline, "a server that stops takes no new work");
            try {
                status = HTTP.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of + "/ping"))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode();
            } catch (ConnectException closed) {
                return;
            }
        }
    }

    /** The release that answers now; a request that fails fails the test. */
    private String served() throws Exception {
        HttpResponse<String> reply = get("/predictions/5008804");
        assertEquals(200, reply.statusCode(), reply.body());
        return Json.tree(reply.body()).get("release").asString();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> reply = HTTP.send(request, BodyHandlers.ofString());
        assertEquals(200, reply.statusCode(), reply.body());
        return reply;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Path store() {
        return smew.directory().resolve("out");
    }
}
