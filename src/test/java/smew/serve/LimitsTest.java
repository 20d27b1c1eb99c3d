package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** Bodies and lists that are larger than the limit. */
class LimitsTest extends OnServer {

    private static final int BODY_LIMIT = 4_000;

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";

    @BeforeAll
    static void start() {
        serve(
                ServeSettings.DEFAULT.withPort(0).with(new ServeSettings.Limits(BODY_LIMIT, 100, 150)),
                TestStore.loans(1, "loans", 200));
    }

    @Test
    void refusesMoreIdsThanTheLimit() {
        String ids = "1,".repeat(100) + "1";
        detail("101", problem(413, client.post("/predictions", JSON, "{\"ids\":[" + ids + "]}")));
    }

    @Test
    void refusesMoreRowsThanTheLimitInEveryShape() {
        String row = "9,Oslo,true,1\n";
        String list = "[9,\"a\",true,1]";
        String header = "amount,city,member,marker\n";
        assertEquals(
                200, client.post("/invocations", CSV, header + row.repeat(150)).status());
        for (String body : List.of(row.repeat(151), header + row.repeat(151), "x\n".repeat(151))) {
            detail("more than 150", problem(413, client.post("/invocations", CSV, body)));
        }
        String instances = "{\"instances\":[" + (list + ",").repeat(150) + "%s]}";
        detail("more than 150", problem(413, client.post("/invocations", JSON, instances.formatted(list))));
        detail("more than 150", problem(413, client.post("/invocations", JSON, instances.formatted("[]"))));
        assertEquals(
                200,
                client.post("/invocations", JSON, instances.replace(",%s", "")).status());
        String columns = "{\"inputs\":{\"amount\":[" + "1,".repeat(150) + "1]}}";
        detail("more than 150", problem(413, client.post("/invocations", JSON, columns)));
    }

    @Test
    void tellsTheFirstHundredProblemsAndCountsTheRest() {
        JsonNode refused = problem(422, client.post("/invocations", CSV, "x,Oslo,maybe,1\n".repeat(120)));
        assertEquals(100, refused.get("errors").size());
        detail("found 240 problems, of which errors tell the first 100", refused);
    }

    @Test
    void buildsNoTextForProblemsThatNobodyReads() {
        Refusals refusals = new Refusals();
        AtomicInteger built = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            refusals.add(() -> new Problem("row " + built.getAndIncrement(), "found nothing."));
        }
        SmewException refused = assertThrows(SmewException.class, () -> refusals.check(Fault.DATA, "Reading"));
        assertEquals(100, built.get());
        assertEquals(100, refused.problems().size());
        assertTrue(refused.getMessage().startsWith("Reading: found 1000 problems"), refused.getMessage());
    }

    @Test
    void refusesAChunkedBodyAsSoonAsItIsTooLarge() throws IOException {
        try (var socket = client.open()) {
            socket.getOutputStream()
                    .write(("POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n1400\r\n" + " ".repeat(0x1400) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = Client.readAll(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
    }

    @Test
    void refusesALargeBodyBeforeItIsSent() {
        String answer = client.raw("POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }

    @Test
    void refusesALargeBodyWhereNoneIsRead() {
        Reply reply = client.post("/ping", JSON, " ".repeat(BODY_LIMIT + BODY_LIMIT / 2));
        problem(405, reply);
    }
}
