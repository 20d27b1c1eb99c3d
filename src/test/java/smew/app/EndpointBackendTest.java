package smew.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import smew.app.Engine.BackendRequest;
import smew.app.Engine.ServeRequest;
import smew.aws.AwsSettings;
import smew.aws.StubAws;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.sagemaker.EndpointAddress;
import smew.sagemaker.EndpointSettings;
import smew.serve.ServeSettings;
import smew.serve.TestStore;
import smew.store.S3Settings;
import smew.store.StoreSettings;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** One server whose predictions come from another one, which plays the endpoint. */
final class EndpointBackendTest {

    private static final String INVOKE = "POST /endpoints/[^/]+/invocations";
    private static final int WAITING = 2_000;

    /** What has broken a separator, a header or a null before. */
    private static final List<String> ODD =
            List.of("a,b", "say \"x\"", "", "two\nlines", "Łódź", " blank ", "city", "null", "1");

    @TempDir
    Path folder;

    private final StubAws stub = StubAws.start();
    private final ExecutorService two = Executors.newFixedThreadPool(2);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(two)
            .build();
    private LocalServer plain;

    @BeforeEach
    void start() {
        new TestStore(folder).publishModels(1, cities());
        plain = LocalServer.start(request(Optional.empty(), Optional.empty(), AwsSettings.DEFAULT));
    }

    @AfterEach
    void stop() {
        plain.stop();
        stub.close();
        http.close();
        two.close();
    }

    /** A model that goes by the city alone. */
    private static TestStore.Model cities() {
        int rows = 200;
        long[] id = new long[rows];
        long[] bad = new long[rows];
        double[] amount = new double[rows];
        int[] city = new int[rows];
        BitSet nowhere = new BitSet();
        for (int row = 0; row < rows; row++) {
            id[row] = row;
            city[row] = row % 10 == 9 ? -1 : row % 10;
            nowhere.set(row, city[row] < 0);
            amount[row] = row % 7 == 6 ? Double.NaN : 1e9 / (row + 3);
            bad[row] = row % 10 % 2 == 0 ^ row % 13 == 0 ? 1 : 0;
        }
        Table table = new Table(
                List.<Column>of(
                        TestStore.integers("id", id),
                        new Column.Texts("city", city, ODD.toArray(String[]::new), nowhere),
                        TestStore.doubles("amount", amount),
                        TestStore.integers("bad", bad)),
                rows);
        return new TestStore.Model(
                TestStore.definition("credit_risk", List.of("id"), List.of(), "bad", Map.of("max-depth", "8")), table);
    }

    private ServeRequest request(Optional<String> token, Optional<BackendRequest> backend, AwsSettings aws) {
        return new ServeRequest(
                new StoreSettings(folder.toString(), aws, S3Settings.DEFAULT),
                ServeSettings.DEFAULT.withPort(0).withToken(token),
                Optional.empty(),
                Optional.empty(),
                backend,
                Optional.empty(),
                Optional.empty());
    }

    private LocalServer behind(EndpointSettings.Format format, boolean allowDifference, AwsSettings aws) {
        EndpointSettings settings = new EndpointSettings(
                EndpointAddress.parse("sagemaker:credit-risk"),
                format,
                Duration.ofSeconds(60),
                WAITING,
                Clock.systemUTC());
        return LocalServer.start(
                request(Optional.empty(), Optional.of(new BackendRequest(settings, false, allowDifference)), aws));
    }

    private static AwsSettings at(LocalServer server, String token) {
        return new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(URI.create(server.address())),
                Optional.of(StaticCredentialsProvider.create(AwsSessionCredentials.create("any", "any", token))));
    }

    /** The container of the endpoint: it gets what SageMaker passes on. */
    private Reply forward(StubAws.Call call) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(plain.address() + "/invocations"))
                            .header("Content-Type", call.headers().getFirst("Content-Type"))
                            .header("Accept", call.headers().getFirst("Accept"))
                            .POST(BodyPublishers.ofByteArray(call.body()))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode(), new String(answer.body(), UTF_8));
            return new Reply(
                    200,
                    Map.of(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElseThrow()),
                    answer.body());
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private String get(LocalServer server, int id) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/predictions/" + id))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @EnumSource(EndpointSettings.Format.class)
    void predictionsOfTheEndpointEqualTheLocalOnesButForTheName(EndpointSettings.Format format) throws Exception {
        stub.on(INVOKE, this::forward);
        LocalServer server = behind(format, false, stub.settings());
        try {
            for (int id = 0; id < 60; id++) {
                String expected = get(plain, id).replace("\"local\"", "\"sagemaker:credit-risk\"");
                assertEquals(expected, get(server, id));
            }
            assertEquals(List.of(), stub.complaints());
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerOfOursIsAnEndpointToo() throws Exception {
        String token = "a-token-of-ours";
        LocalServer secret = LocalServer.start(request(Optional.of(token), Optional.empty(), AwsSettings.DEFAULT));
        LocalServer server = behind(EndpointSettings.Format.JSON, false, at(secret, token));
        try {
            assertEquals(get(plain, 7).replace("\"local\"", "\"sagemaker:credit-risk\""), get(server, 7));
            SmewException refused = assertThrows(
                    SmewException.class, () -> behind(EndpointSettings.Format.JSON, false, at(secret, "other")));
            assertEquals(Fault.OUTSIDE, refused.fault());
            assertTrue(refused.getMessage().contains("AWS_SESSION_TOKEN"), refused.getMessage());
        } finally {
            server.stop();
            secret.stop();
        }
    }

    @Test
    void refusesAnEndpointThatSaysSomethingElseUnlessThatIsAllowed() throws Exception {
        stub.on(
                INVOKE,
                call -> Reply.json(Map.of(
                        "predictions",
                        IntStream.range(0, call.json().get("instances").size())
                                .mapToObj(i -> 0.987654321)
                                .toList())));
        SmewException refused =
                assertThrows(SmewException.class, () -> behind(EndpointSettings.Format.JSON, false, stub.settings()));
        assertEquals(7, refused.fault().exitCode());
        assertTrue(refused.getMessage().contains("of entity 0 it says 1 with probability 0.987654321"));
        LocalServer server = behind(EndpointSettings.Format.JSON, true, stub.settings());
        try {
            assertTrue(get(server, 7).contains("\"probability\":0.987654321"));
        } finally {
            server.stop();
        }
    }

    @Test
    void thousandsOfWaitingPredictionsHoldNoThreadEach() throws Exception {
        CountDownLatch arrived = new CountDownLatch(WAITING);
        CountDownLatch release = new CountDownLatch(1);
        Semaphore places = new Semaphore(64);
        stub.on(INVOKE, call -> {
            if (call.json().get("instances").size() == 1) {
                arrived.countDown();
                await(release);
            }
            // They are let go at once, and the container has a limit of its own.
            places.acquireUninterruptibly();
            try {
                return forward(call);
            } finally {
                places.release();
            }
        });
        LocalServer server = behind(EndpointSettings.Format.JSON, false, stub.settings());
        try {
            get(plain, 0);
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, WAITING)
                    .mapToObj(i -> http.sendAsync(
                            HttpRequest.newBuilder(URI.create(server.address() + "/predictions/" + i % 200))
                                    .build(),
                            BodyHandlers.ofString()))
                    .toList();
            assertTrue(arrived.await(60, TimeUnit.SECONDS), () -> arrived.getCount() + " never arrived");
            int during = ManagementFactory.getThreadMXBean().getThreadCount();
            assertTrue(during - before < 20, before + " threads before, " + during + " while all wait");
            release.countDown();
            for (int i = 0; i < WAITING; i++) {
                HttpResponse<String> answer = waiting.get(i).join();
                assertEquals(200, answer.statusCode(), answer.body());
                assertTrue(answer.body().startsWith("{\"id\":" + i % 200 + ","), answer.body());
            }
        } finally {
            release.countDown();
            server.stop();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
