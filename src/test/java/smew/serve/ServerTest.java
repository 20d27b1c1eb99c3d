package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.ReleaseId;
import tools.jackson.databind.JsonNode;

/** Starting, following releases, stopping. */
class ServerTest {

    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private TestStore store;

    /** Nobody polls while a test runs: tests call refresh. */
    private final ServeSettings settings =
            ServeSettings.DEFAULT.withPort(0).withTiming(Duration.ofDays(1), Duration.ofSeconds(20), Clock.systemUTC());

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    private void publish(int number) {
        store.publishModels(number, TestStore.loans(number, "loans", 60));
    }

    private void refuses(ServeSettings wanted, Fault fault, String... inMessage) {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> Server.start(wanted, store.releases()).close());
        assertEquals(fault, refused.fault(), refused.getMessage());
        for (String expected : inMessage) {
            assertTrue(refused.getMessage().contains(expected), refused.getMessage());
        }
    }

    @Test
    void refusesToStartWithoutAReleaseNamingTheStore() {
        refuses(settings, Fault.NOT_READY, folder.toString(), "smew run");
    }

    @Test
    void refusesToStartWithoutAModelNamingTheFolder() {
        ReleaseId id = store.publish(1, List.of());
        refuses(settings, Fault.NOT_READY, store.directory(id).resolve("models").toString(), "smew run");
        Server.start(settings.withFeaturesOnly(true), store.releases()).close();
    }

    @Test
    void refusesADefaultModelThatIsNotThere() {
        publish(1);
        refuses(settings.withModel(Optional.of("loan")), Fault.NOT_FOUND, "Did you mean loans?");
    }

    @Test
    void servesTheDefaultModelThatWasAskedFor() {
        store.publishModels(1, TestStore.loans(1, "first", 60), TestStore.loans(1, "second", 60));
        try (Server server = Server.start(settings, store.releases());
                Server other = Server.start(settings.withModel(Optional.of("second")), store.releases())) {
            assertEquals(
                    "first",
                    new Client(server)
                            .get("/predictions/1000")
                            .json()
                            .get("model")
                            .asString());
            assertEquals(
                    "second",
                    new Client(other)
                            .get("/predictions/1000")
                            .json()
                            .get("model")
                            .asString());
        }
    }

    @Test
    void refusesToStartOnADamagedRelease() throws IOException {
        publish(1);
        Path online = store.directory(TestStore.id(1)).resolve("online/loans.arrow");
        byte[] bytes = Files.readAllBytes(online);
        bytes[bytes.length / 2] ^= 1;
        Files.write(online, bytes);
        refuses(settings, Fault.DATA, online.toString());
        Files.delete(online);
        refuses(settings, Fault.DATA, online.toString());
        store.makeCurrent("nonsense");
        refuses(settings, Fault.DATA, "CURRENT", "nonsense");
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        publish(1);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            refuses(
                    settings.withPort(taken.getLocalPort()),
                    Fault.NOT_READY,
                    "127.0.0.1:" + taken.getLocalPort(),
                    "in use",
                    "--port");
        }
    }

    @Test
    void refusesAddressesThatOthersReachUnlessThereIsATokenOrAnExplicitWish() {
        publish(1);
        refuses(settings.withBind("0.0.0.0"), Fault.CONFIGURATION, "--token", "--insecure");
        refuses(settings.withBind("::"), Fault.CONFIGURATION, "--token");
        refuses(settings.withBind("no.such.host.invalid"), Fault.CONFIGURATION, "--host");
        refuses(settings.withBind("192.0.2.1").withInsecure(true), Fault.CONFIGURATION, "--host");
        Server.start(settings.withBind("0.0.0.0").withInsecure(true), store.releases())
                .close();
        Server.start(settings.withBind("localhost"), store.releases()).close();
    }

    @Test
    void refusesSettingsOutOfRange() {
        for (int port : List.of(-1, 65_536)) {
            assertEquals(
                    Fault.CONFIGURATION,
                    assertThrows(SmewException.class, () -> settings.withPort(port))
                            .fault());
        }
        assertThrows(SmewException.class, () -> settings.withLimits(0, 1));
        assertThrows(SmewException.class, () -> settings.withToken(Optional.of(" ")));
    }

    @Test
    void asksForTheTokenEverywhereButAtTheProbes() {
        publish(1);
        String token = Token.generate();
        try (Server server =
                Server.start(settings.withBind("0.0.0.0").withToken(Optional.of(token)), store.releases())) {
            Client client = new Client(server);
            for (Route route : Routes.table()) {
                String path = route.template()
                        .replace("{name}", "loans")
                        .replace("{view}", "x")
                        .replace("{id}", "1000");
                boolean open = List.of("/ping", "/livez", "/readyz").contains(path);
                for (String header : List.of("Bearer x", "Basic " + token, token, "Bearer", "Bearer " + token + "x")) {
                    Client.Reply reply = client.send(route.method().name(), path, "Authorization", header);
                    assertEquals(open ? 200 : 401, reply.status(), path);
                    assertEquals(open ? "" : "Bearer realm=\"smew\"", reply.header("WWW-Authenticate"));
                    assertEquals(open ? JSON : "application/problem+json", reply.header("Content-Type"));
                }
            }
            assertEquals(401, client.get("/predictions/1000").status());
            assertEquals(
                    200,
                    client.get("/predictions/1000", "Authorization", "Bearer " + token)
                            .status());
            assertEquals(
                    200,
                    client.get("/predictions/1000", "Authorization", "bearer  " + token)
                            .status());
        }
    }

    @Test
    void followsNewReleasesUnderLoadWithoutDroppingOrMixing() throws Exception {
        publish(1);
        try (Server server = Server.start(settings, store.releases());
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                loads.add(clients.submit(() -> load(new Client(server), stop)));
            }
            try {
                for (int number = 2; number <= 12; number++) {
                    publish(number);
                    server.refresh();
                    assertEquals(TestStore.id(number).value(), server.release());
                }
            } finally {
                stop.set(true);
            }
            for (Future<Integer> load : loads) {
                assertTrue(load.get() > 0);
            }
        }
    }

    /** Asks until it is told to stop; every answer must be whole and of one release. */
    private static int load(Client client, AtomicBoolean stop) {
        int asked = 0;
        long newest = 0;
        do {
            JsonNode one = client.get("/predictions/1001").json();
            newest = consistent(one, newest);
            JsonNode many = client.post("/predictions", JSON, "{\"ids\":[1001,1002,1003]}")
                    .json();
            for (JsonNode each : many.get("predictions")) {
                newest = consistent(each, newest);
            }
            assertEquals(3, many.get("predictions").size());
            assertEquals(
                    1,
                    many.get("predictions")
                            .valueStream()
                            .map(p -> p.get("release"))
                            .distinct()
                            .count());
            asked++;
        } while (!stop.get());
        return asked;
    }

    private static long consistent(JsonNode answer, long newest) {
        long marker = answer.at("/features/marker").asLong();
        assertEquals(TestStore.id((int) marker).value(), answer.get("release").asString(), answer.toString());
        assertTrue(marker >= newest, "An older release came back.");
        return marker;
    }

    @Test
    void keepsTheOldReleaseWhenTheNewOneIsDamagedAndTriesAgainAfterAMinute() throws IOException {
        publish(1);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource ticking = now::get;
        ServeSettings timed = settings.withTiming(Duration.ofDays(1), Duration.ZERO, ticking.withZone(ZoneOffset.UTC));
        try (Server server = Server.start(timed, store.releases())) {
            publish(2);
            Path model = store.directory(TestStore.id(2)).resolve("models/loans/model.ser");
            byte[] whole = Files.readAllBytes(model);
            Files.write(model, new byte[] {1, 2, 3});
            server.refresh();
            assertEquals(TestStore.id(1).value(), server.release());
            assertEquals(200, new Client(server).get("/predictions/1000").status());

            Files.write(model, whole);
            server.refresh();
            assertEquals(TestStore.id(1).value(), server.release());
            now.set(now.get().plusSeconds(61));
            server.refresh();
            assertEquals(TestStore.id(2).value(), server.release());
        }
    }

    @Test
    void keepsTheOldReleaseWhateverHappensToCurrent() throws IOException {
        publish(1);
        try (Server server = Server.start(settings, store.releases())) {
            for (String current : List.of("", "nonsense", TestStore.id(7).value(), "../../etc")) {
                store.makeCurrent(current);
                server.refresh();
                assertEquals(TestStore.id(1).value(), server.release());
            }
            Files.delete(folder.resolve("CURRENT"));
            server.refresh();
            store.publish(3, List.of());
            server.refresh();
            assertEquals(TestStore.id(1).value(), server.release());
            publish(4);
            server.refresh();
            assertEquals(TestStore.id(4).value(), server.release());
            store.makeCurrent(TestStore.id(1).value());
            server.refresh();
            assertEquals(TestStore.id(1).value(), server.release());
        }
    }

    @Test
    void servesOnWhenTheReleaseIsDeletedBelowIt() throws IOException {
        publish(1);
        try (Server server = Server.start(settings, store.releases())) {
            try (var tree = Files.walk(folder)) {
                tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
            server.refresh();
            assertEquals(200, new Client(server).get("/predictions/1000").status());
        }
    }

    @Test
    void pollsByItself() {
        publish(1);
        ServeSettings polling = settings.withTiming(Duration.ofMillis(5), Duration.ZERO, Clock.systemUTC());
        try (Server server = Server.start(polling, store.releases())) {
            publish(2);
            Instant deadline = Instant.now().plusSeconds(20);
            while (!server.release().equals(TestStore.id(2).value())) {
                assertTrue(Instant.now().isBefore(deadline), "Nobody looked at CURRENT.");
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void finishesARequestInFlightBeforeItStops() throws Exception {
        publish(1);
        Server server = Server.start(settings, store.releases());
        Client client = new Client(server);
        String body = "{\"ids\":[1001]}";
        try (ExecutorService stopping = Executors.newSingleThreadExecutor();
                Socket half = client.open()) {
            half.getOutputStream()
                    .write(("POST /predictions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + JSON
                                    + "\r\nExpect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            // Its 100 Continue proves that the server has the request in hand.
            assertEquals("HTTP/1.1 100 Continue", line(half));
            Future<?> stop = stopping.submit(server::close);
            String refused = "";
            Instant deadline = Instant.now().plusSeconds(20);
            while (!refused.startsWith("HTTP/1.1 503")) {
                assertTrue(Instant.now().isBefore(deadline), refused);
                refused = client.rawGet("/readyz");
            }
            assertTrue(refused.contains("application/problem+json") && refused.contains("stopping"), refused);
            assertEquals(false, stop.isDone());
            half.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            String answer = Client.readAll(half.getInputStream());
            assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("\"id\":1001"), answer);
            stop.get();
        }
        assertThrows(IOException.class, () -> client.open().close());
    }

    @Test
    void cutsOffARequestThatOutlastsTheDrainTime() throws Exception {
        publish(1);
        ServeSettings impatient = settings.withTiming(Duration.ofDays(1), Duration.ofMillis(50), Clock.systemUTC());
        Server server = Server.start(impatient, store.releases());
        Client client = new Client(server);
        try (Socket half = client.open()) {
            half.getOutputStream()
                    .write(("POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Type: " + JSON
                                    + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 100 Continue", line(half));
            server.close();
            assertThrows(IOException.class, () -> client.open().close());
        }
        server.close();
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
