package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean ill, or are broken: each is answered alone, its connection ends, and others notice nothing. */
class ContainmentTest extends OnTestStore {

    private static final String POST =
            "POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String BODY = "{\"ids\":[1000]}";
    private static final String CHUNKS = "e\r\n" + BODY + "\r\n0\r\n\r\n";

    /** What an attacker wants to be taken for a request of somebody else. */
    private static final String SMUGGLED = "GET /models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private Server server;
    private Client client;

    @BeforeEach
    void start() {
        publish(1);
        server = Server.start(settings, store.releases(), Optional.empty(), Companions.NONE);
        client = new Client(server);
    }

    @AfterEach
    void othersAreServedAndNothingIsLeftBehind() {
        assertEquals(200, client.get("/predictions/1000").status());
        assertEquals(200, client.post("/predictions", "application/json", BODY).status());
        String metrics = client.get("/metrics").body();
        assertTrue(metrics.contains("\nsmew_http_requests_in_flight 1.0\n"), "the one that asks");
        assertTrue(!metrics.contains("status=\"5"), metrics);
        server.close();
    }

    private static List<String> statuses(String answers) {
        return Pattern.compile("HTTP/1\\.[01] (\\d+)")
                .matcher(answers)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private void refused(String request) {
        String answers = client.raw(request);
        assertEquals(List.of("400"), statuses(answers), () -> request + " was answered " + answers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 6",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "Content-Length: 14\r\nContent-Length: 40",
                "Content-Length: 14, 14",
                "Content-Length: -14",
                "Content-Length: +14",
                "Content-Length: 0xe",
                "Content-Length: 99999999999999999999",
                "Content-Length: 99999999999999999999999",
                "Content-Length: 18446744073709551617",
                "Content-Length: 18446744073709551630",
                "Content-Length:",
                "Content-Length : 14",
                "Content-Length: 1\r4"
            })
    void aBodyThatCouldEndInTwoPlacesIsRefusedAndNothingBehindItIsARequest(String framing) {
        refused(POST + framing + "\r\n\r\n" + CHUNKS + SMUGGLED);
        // Where no body is read, nobody looks at its length but who looks for its end.
        refused("GET /livez HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\nX" + SMUGGLED);
    }

    @Test
    void saysWhichLengthItRefuses() {
        String answer =
                client.raw("GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 18446744073709551617\r\n\r\n");
        assertTrue(answer.contains("its Content-Length is 18446744073709551617, expected up to 18 digits."), answer);
        assertTrue(answer.contains("application/problem+json") && answer.contains("Connection: close"), answer);
    }

    @Test
    void chunksInHttp10AreRefused() {
        refused("POST /predictions HTTP/1.0\r\nContent-Type: application/json\r\nConnection: keep-alive\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS + SMUGGLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHUNKS, "e;a=b\r\n" + BODY + "\r\n0\r\n\r\n", "e\n" + BODY + "\n0\n\n"})
    void nothingBehindChunksIsARequest(String chunks) {
        for (String encoding : List.of(" chunked", "\tChunked ", "\r\n chunked")) {
            String answers = client.raw(POST + "Transfer-Encoding:" + encoding + "\r\n\r\n" + chunks + SMUGGLED);
            assertEquals(List.of("200"), statuses(answers), answers);
            assertTrue(answers.contains("Connection: close"), answers);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /models HTTP/1.1\nHost: localhost\n\n",
                "GET /models HTTP/1.1\r\n\r\n",
                "GET /models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /models HTTP/1.1\r\nHost: localhost\r\nA: a\rb\r\n\r\n",
                "GET /models HTTP/1.1\r\nHost: localhost\r\nA: \0\r\n\r\n",
                "GET /models HTTP/1.1\r\nHost: localhost\r\nA B: c\r\n\r\n",
                "GET /models HTTP/1.1\r\nHost: localhost\r\n: c\r\n\r\n",
                "GET\t/models\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\0\0\0\0\r\n\r\n"
            })
    void aHeadThatIsNoneIsRefused(String head) {
        refused(head + SMUGGLED);
    }

    @Test
    void floodsOfHeadersAreRefused() {
        String start = "GET /models HTTP/1.1\r\nHost: localhost\r\n";
        refused(start
                + IntStream.range(0, 500).mapToObj(i -> "X-" + i + ": 1\r\n").collect(Collectors.joining())
                + "\r\n");
        refused(start + "X: " + "a".repeat(100_000) + "\r\n\r\n");
        refused("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** A fold is no line of its own: what stands in it is no header. */
    @Test
    void aFoldedLineIsPartOfTheHeaderBefore() {
        String answers = client.raw(POST + "X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 14\r\n"
                + "Connection: close\r\n\r\n" + BODY + SMUGGLED);
        assertEquals(List.of("200"), statuses(answers), answers);
    }

    @Test
    void chunksThatAreNoneEndTheConnectionWithoutAnAnswerOfAnother() {
        for (String chunks : List.of(
                "Z\r\nabc",
                "FFFFFFFFFFFFFFFFF\r\nabc",
                "1000000000000000e\r\n" + BODY + "\r\n0\r\n\r\n",
                "-1\r\nabc",
                "-1\r\n\r\n0\r\n\r\n",
                "0xe\r\n" + BODY + "\r\n0\r\n\r\n",
                "e;a\nb\r\n" + BODY + "\r\n0\r\n\r\n",
                "e\r\n" + BODY + "0\r\n\r\n",
                "e\r\n" + BODY + "XX0\r\n\r\n",
                "\r\n" + BODY + "\r\n0\r\n\r\n")) {
            String answers = client.raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + SMUGGLED);
            assertTrue(List.of(List.of(), List.of("400")).contains(statuses(answers)), chunks + answers);
        }
    }

    @Test
    void aSmallBodyThatNobodyReadsIsReadOverAndTheConnectionGoesOn() {
        String nowhere = "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n" + BODY;
        assertEquals(List.of("404", "404", "200"), statuses(client.raw(nowhere + nowhere + SMUGGLED)));
    }

    @Test
    void aBodyOnAGetIsNoRequestOfItsOwn() {
        String answers = client.raw("GET /models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED);
        assertEquals(List.of("200"), statuses(answers), answers);
    }

    @Test
    void hundredsThatStopInTheMiddleHoldUpNobody() throws IOException {
        List<Socket> halves = new ArrayList<>();
        try {
            String[] starts = {
                "GET /pre",
                POST + "Content-Length: 100000\r\n\r\n{\"ids\":[",
                POST + "Transfer-Encoding: chunked\r\n\r\nff"
            };
            for (int i = 0; i < 300; i++) {
                Socket half = client.open();
                halves.add(half);
                half.getOutputStream().write(starts[i % starts.length].getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(200, client.get("/predictions/1001").status());
                assertEquals(
                        200,
                        client.post("/predictions", "application/json", BODY).status());
            }
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
        // Those whose bodies were awaited end when the server has noticed that their clients are gone.
        server.close();
        server = Server.start(settings, store.releases(), Optional.empty(), Companions.NONE);
        client = new Client(server);
    }
}
