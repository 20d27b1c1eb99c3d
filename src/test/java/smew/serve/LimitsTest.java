package smew.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.serve.Client.Reply;

/** Bodies and lists that are larger than the limit. */
class LimitsTest {

    private static final int BODY_LIMIT = 4_000;

    private static final String JSON = "application/json";

    @TempDir
    static Path folder;

    private static Server server;
    private static Client client;

    @BeforeAll
    static void start() {
        TestStore store = new TestStore(folder);
        store.publishModels(1, TestStore.loans(1, "loans", 200));
        server = Server.start(ServeSettings.DEFAULT.withPort(0).withLimits(BODY_LIMIT, 100), store.releases());
        client = new Client(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesMoreIdsThanTheLimit() {
        String ids = "1,".repeat(100) + "1";
        detail("101", problem(413, client.post("/predictions", JSON, "{\"ids\":[" + ids + "]}")));
    }

    @Test
    void refusesAChunkedBodyAsSoonAsItIsTooLarge() throws IOException {
        try (var socket = client.open()) {
            socket.getOutputStream()
                    .write(("POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n1400\r\n" + " ".repeat(0x1400) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = Client.readAll(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
    }

    @Test
    void refusesALargeBodyBeforeItIsSent() {
        String answer = client.raw("POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }

    @Test
    void refusesALargeBodyWhereNoneIsRead() {
        Reply reply = client.post("/ping", JSON, " ".repeat(BODY_LIMIT + BODY_LIMIT / 2));
        problem(405, reply);
    }
}
