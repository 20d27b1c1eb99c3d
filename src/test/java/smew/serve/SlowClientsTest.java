package smew.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send little, take little or go away: others are answered meanwhile, and nothing is held for them in the end. */
class SlowClientsTest extends OnServer {

    private static final String JSON = "application/json";
    private static final String BODY = "{\"ids\":[1000]}";
    private static final String HEAD =
            "POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final int IDS = 10_000;

    private final List<Socket> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        ServeSettings.Limits limits =
                new ServeSettings.Limits(25_000_000, 100_000, 100_000, 10_000, 100, 10_000, PATIENCE, Long.MAX_VALUE);
        serve(ServeSettings.DEFAULT.withPort(0).with(limits), TestStore.loans(1, "loans", 300));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        othersAreAnswered();
        nothingInFlight();
        for (Socket socket : clients) {
            socket.close();
        }
    }

    private static void nothingInFlight() {
        nothingInFlight(client);
    }

    private static void nothingInFlight(Client asked) {
        // As long as it takes: what is never given back ends the test by its time.
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!asked.get("/metrics").body().contains("\nsmew_http_requests_in_flight 1.0\n")) {
                Thread.onSpinWait();
            }
        });
    }

    private static void othersAreAnswered() {
        assertEquals(200, client.get("/predictions/1000").status());
        assertEquals(200, client.post("/predictions", JSON, BODY).status());
        assertEquals(
                200,
                client.post("/invocations", "text/csv", "9,Oslo,true,1\n".repeat(20_000))
                        .status());
    }

    private Socket send(String bytes) throws IOException {
        return send(server.port(), bytes);
    }

    private Socket send(int port, String bytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        clients.add(socket);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String post(String body) {
        return HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String manyIds() {
        String ids =
                IntStream.range(0, IDS).mapToObj(i -> "" + (1000 + i % 300)).collect(Collectors.joining(","));
        return "{\"ids\":[" + ids + "]}";
    }

    @Test
    void bodiesThatDoNotComeTakeNoPlaceOfThoseThatDo() throws IOException {
        for (int slow = 0; slow < 200; slow++) {
            send(HEAD + "Content-Length: 14\r\n\r\n{\"ids\"");
        }
        othersAreAnswered();
        for (Socket socket : clients) {
            String answer = Client.readAll(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void aBodyThatNobodyReadsEndsItsConnectionInTime() throws IOException {
        Socket socket = send("GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab");
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertTrue(Client.readAll(socket.getInputStream()).startsWith("HTTP/1.1 200 ")));
    }

    /** On a server that has patience with each: they are sent away because others wait, not because of their time. */
    @Test
    void largeBodiesThatPauseMakeRoomForOthers() throws IOException {
        ServeSettings.Limits patient = new ServeSettings.Limits(
                25_000_000, 100_000, 100_000, 10_000, 100, 10_000, Duration.ofMinutes(5), Long.MAX_VALUE);
        ServeSettings.Timing soonOver =
                new ServeSettings.Timing(Duration.ofDays(1), Duration.ofMillis(50), Clock.systemUTC());
        try (Server other = Server.start(
                ServeSettings.DEFAULT.withPort(0).with(patient).with(soonOver), new TestStore(folder).releases())) {
            for (int slow = 0; slow < Workers.STREAMS; slow++) {
                send(other.port(), HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
            }
            Client asking = new Client(other);
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                String chunks = HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
                while (!asking.raw(chunks).startsWith("HTTP/1.1 200 ")) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    @Test
    void whoAsksOnAndReadsNothingIsCutOff() throws IOException {
        String asked = "GET /predictions/1000 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
        Socket socket = send(asked);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(SocketException.class, () -> {
                    while (true) {
                        socket.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
                    }
                }));
    }

    @Test
    void whatLongerBodiesHoldWhileTheyComeIsBounded() throws IOException {
        int length = 200_000;
        for (int slow = 0; slow < 400; slow++) {
            send(HEAD + "Content-Length: " + length + "\r\n\r\n{");
        }
        assertEquals(200, client.post("/predictions", JSON, BODY).status(), "short ones are not counted");
        List<String> answers = new ArrayList<>();
        for (Socket socket : clients) {
            answers.add(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9));
        }
        long refused = answers.stream().filter("429"::equals).count();
        assertEquals(400 - 64 * 1024 * 1024 / length, refused, answers.toString());
        assertEquals(400 - refused, answers.stream().filter("408"::equals).count(), answers.toString());
    }

    /** The system takes some megabytes off a server's hands for a client that does not read: what is asked for is longer. */
    @Test
    void answersThatNobodyTakesAreCutOff() throws IOException {
        for (int slow = 0; slow < 4; slow++) {
            send(
                    "POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nAccept: application/json\r\n"
                            + "Content-Length: 1400000\r\n\r\n" + "9,Oslo,true,1\n".repeat(100_000));
        }
        nothingInFlight();
        for (Socket socket : clients) {
            assertTrue(isCut(socket), "the connection ends before its answers do");
        }
    }

    private static boolean isCut(Socket socket) throws IOException {
        try {
            String read = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return read.startsWith("HTTP/1.1 200 ") && !read.endsWith("\r\n0\r\n\r\n");
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void clientsThatGoAwayInTheMiddleLeaveNothing() throws IOException {
        for (int gone = 0; gone < 20; gone++) {
            for (String begun : List.of("GET /pred", HEAD, HEAD + "Content-Length: 14\r\n\r\n{", post(manyIds()))) {
                Socket socket = send(begun);
                // Not closed in good order, but reset.
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
        othersAreAnswered();
    }

    @Test
    void whoGoesAwayBeforeAnythingWasToldIsLoggedAndCountedAs499() throws IOException {
        Path file = folder.resolve("access.log");
        String metrics;
        try (AccessLog log = AccessLog.open(Optional.of(file), System.out, false, Clock.systemUTC());
                Server other = Server.start(
                        ServeSettings.DEFAULT.withPort(0),
                        new TestStore(folder).releases(),
                        Optional.empty(),
                        new Companions(Optional.empty(), Optional.of(log), Optional.empty()))) {
            Socket socket = send(
                    other.port(), HEAD + "X-Request-Id: gone\r\nExpect: 100-continue\r\nContent-Length: 14\r\n\r\n");
            byte[] told = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertArrayEquals(told, socket.getInputStream().readNBytes(told.length));
            socket.setSoLinger(true, 0);
            socket.close();
            Client asking = new Client(other);
            nothingInFlight(asking);
            metrics = asking.get("/metrics").body();
        }
        String line = Files.readAllLines(file).stream()
                .filter(each -> each.contains("/predictions"))
                .collect(Collectors.joining("\n"));
        assertTrue(line.matches("\\S+Z 127\\.0\\.0\\.1 \"POST /predictions\" 499 0 [0-9.]+ms gone"), line);
        assertTrue(
                metrics.contains(
                        "smew_http_request_duration_seconds_count{method=\"POST\",route=\"/predictions\",status=\"499\"} 1\n"),
                metrics);
    }

    @Test
    void whoeverReadsGetsTheWholeAnswer() throws IOException {
        Socket socket =
                send(post(manyIds()).replace("Host: localhost\r\n", "Host: localhost\r\nConnection: close\r\n"));
        String whole = Client.readAll(socket.getInputStream());
        assertTrue(whole.startsWith("HTTP/1.1 200 ") && whole.endsWith("],\"unknown\":[]}"), whole.substring(0, 100));
    }
}
