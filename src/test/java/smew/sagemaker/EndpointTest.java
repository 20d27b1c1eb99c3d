package smew.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.aws.AwsSettings;
import smew.aws.Shape;
import smew.aws.StubAws;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.serve.TestStore;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointRequest;

/** What an endpoint may do to us. */
final class EndpointTest {

    private static final String INVOKE = "POST /endpoints/[^/]+/invocations";
    private static final String ACCOUNT = "123456789012";

    @TempDir
    static Path folder;

    private static Card card;
    private static Table table;

    private final StubAws stub = StubAws.start();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final CountDownLatch held = new CountDownLatch(1);

    @BeforeAll
    static void fit() {
        TestStore.Model loans = TestStore.loans(1, "loans", 60);
        card = Fitted.card(loans, folder);
        table = loans.table();
    }

    @AfterEach
    void stop() {
        held.countDown();
        stub.close();
    }

    private Endpoint open(String address, EndpointSettings.Format format, Duration timeout, int concurrency) {
        return Endpoint.open(
                new EndpointSettings(EndpointAddress.parse(address), format, timeout, concurrency, clock),
                stub.settings());
    }

    private Endpoint open() {
        return open("sagemaker:churn", EndpointSettings.Format.JSON, Duration.ofSeconds(20), 100);
    }

    private static SmewException failure(CompletableFuture<?> asked) {
        return (SmewException)
                assertThrows(CompletionException.class, asked::join).getCause();
    }

    private static Reply numbers(int count) {
        return Reply.json(Map.of(
                "predictions", IntStream.range(0, count).mapToObj(i -> 0.25).toList()));
    }

    private Reply hold() throws IOException {
        try {
            held.await();
            return numbers(1);
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @Test
    void sendsManyRowsInOneCallWithVariantAndFormat() {
        stub.on(INVOKE, call -> new Reply(200, Map.of("Content-Type", "text/csv"), "0.25\n0.75\n".getBytes(UTF_8)));
        try (Endpoint endpoint = open("sagemaker:churn/blue", EndpointSettings.Format.CSV, Duration.ofSeconds(20), 1)) {
            List<Prediction> said =
                    endpoint.predict(card, table, new int[] {16, 3}).join();
            assertEquals(
                    List.of(0.25, 0.75),
                    said.stream().map(Prediction::probability).toList());
        }
        StubAws.Call call = stub.calls().getFirst();
        assertEquals(1, stub.calls().size());
        assertEquals("/endpoints/churn/invocations", call.path());
        assertEquals("blue", call.headers().getFirst("X-Amzn-SageMaker-Target-Variant"));
        assertEquals("text/csv", call.headers().getFirst("Content-Type"));
        assertEquals("text/csv", call.headers().getFirst("Accept"));
        String[] lines = new String(call.body(), UTF_8).split("\n", -1);
        assertEquals(3, lines.length);
        assertTrue(lines[0].matches(",Łódź,[01],1"), lines[0]);
        assertTrue(lines[1].matches("\\d+\\.0,Oslo,[01],1"), lines[1]);
        assertEquals(List.of(), stub.complaints());
    }

    @Test
    void asksForATargetModel() {
        stub.on(INVOKE, call -> numbers(1));
        try (Endpoint endpoint =
                open("sagemaker:churn/eu/a.tar.gz", EndpointSettings.Format.JSON, Duration.ofSeconds(20), 1)) {
            endpoint.predict(card, table, new int[] {0}).join();
        }
        assertEquals("eu/a.tar.gz", stub.calls().getFirst().headers().getFirst("X-Amzn-SageMaker-Target-Model"));
    }

    @Test
    void splitsOnlyWhatIsLargerThanOneRequestMayBe() {
        int[] rows = IntStream.range(0, 60).toArray();
        List<RequestBody> one =
                RequestBody.of(EndpointSettings.Format.JSON, card, table, rows, RequestBody.LARGEST_BYTES);
        assertEquals(List.of(60), one.stream().map(RequestBody::rows).toList());
        int half = one.getFirst().bytes().length / 2;
        for (EndpointSettings.Format format : EndpointSettings.Format.values()) {
            List<RequestBody> several = RequestBody.of(format, card, table, rows, half);
            assertTrue(several.size() > (format == EndpointSettings.Format.JSON ? 1 : 0));
            assertEquals(60, several.stream().mapToInt(RequestBody::rows).sum());
            assertTrue(several.stream().allMatch(body -> body.bytes().length <= half));
        }
    }

    @Test
    void triesAgainWithinTheDeadline() {
        AtomicInteger asked = new AtomicInteger();
        stub.on(INVOKE, call -> asked.incrementAndGet() < 3 ? Reply.error(500, "InternalFailure", "x") : numbers(1));
        try (Endpoint endpoint = open()) {
            assertEquals(1, endpoint.predict(card, table, new int[] {0}).join().size());
        }
        assertEquals(3, asked.get());
    }

    @Test
    void givesUpAtTheDeadline() {
        stub.on(INVOKE, call -> hold());
        try (Endpoint endpoint = open("sagemaker:churn", EndpointSettings.Format.JSON, Duration.ofMillis(150), 1)) {
            SmewException slow = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals(Fault.OUTSIDE_SLOW, slow.fault());
            assertEquals("Asking endpoint churn: it did not answer within 150 ms. Ask again.", slow.getMessage());
            SmewException again = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals(Fault.OUTSIDE_SLOW, again.fault(), "the place of the first is free again");
        }
    }

    @Test
    void refusesMoreThanMayBeUnderWayAtOnce() {
        stub.on(INVOKE, call -> hold());
        try (Endpoint endpoint = open("sagemaker:churn", EndpointSettings.Format.JSON, Duration.ofSeconds(20), 2)) {
            CompletableFuture<List<Prediction>> first = endpoint.predict(card, table, new int[] {0});
            CompletableFuture<List<Prediction>> second = endpoint.predict(card, table, new int[] {0});
            SmewException refused = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals(Fault.OVERLOAD, refused.fault());
            assertTrue(refused.getMessage().contains("2 requests are under way already"), refused.getMessage());
            assertTrue(refused.retryAfter().isPresent());
            held.countDown();
            assertEquals(1, first.join().size());
            assertEquals(1, second.join().size());
            assertEquals(1, endpoint.predict(card, table, new int[] {0}).join().size());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|ValidationError|Endpoint churn of account 123456789012 not found.|OUTSIDE|no such endpoint, variant or model is in service|NOT_FOUND",
                "403|AccessDeniedException|User: arn:aws:iam::123456789012:user/x may not|OUTSIDE|the server is not allowed to|OUTSIDE",
                "403|ExpiredTokenException|The token of 123456789012 expired|OUTSIDE|the server is not allowed to|OUTSIDE",
                "429|ThrottlingException|Rate exceeded by 123456789012|OVERLOAD|asked too often|OUTSIDE",
                "429|ModelNotReadyException|Model in 123456789012|NOT_READY|not loaded yet|OUTSIDE",
                "503|ServiceUnavailable|at arn:aws:x:123456789012|OUTSIDE|it failed with status 503|OUTSIDE",
            })
    void saysInOneSentenceWhyAnEndpointFailed(
            int status, String code, String message, Fault fault, String expected, Fault explained) {
        stub.on(INVOKE, call -> Reply.error(status, code, message));
        try (Endpoint endpoint = open()) {
            SmewException failed = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals(fault, failed.fault());
            assertTrue(failed.getMessage().contains(expected), failed.getMessage());
            assertFalse(failed.getMessage().matches(".*(" + ACCOUNT + "|arn:|127\\.0).*"), failed.getMessage());
            SmewException full = endpoint.explained(failed);
            assertEquals(explained, full.fault());
            assertTrue(full.getMessage().contains(ACCOUNT), full.getMessage());
            assertTrue(full.getMessage().startsWith("Asking endpoint churn: "), full.getMessage());
        }
    }

    @Test
    void tellsAModelThatRefusesRowsFromOneThatFails() {
        AtomicInteger status = new AtomicInteger(422);
        stub.on(
                INVOKE,
                call -> new Reply(
                        424,
                        Map.of("x-amzn-ErrorType", "ModelError"),
                        ("{\"Message\":\"Received error from " + ACCOUNT + "\",\"OriginalStatusCode\":" + status
                                        + ",\"OriginalMessage\":\"/opt/ml/model is odd\"}")
                                .getBytes(UTF_8)));
        try (Endpoint endpoint = open()) {
            for (int i = 0; i < Breaker.WINDOW; i++) {
                assertEquals(
                        "Asking endpoint churn: its model refused the rows with status 422.",
                        failure(endpoint.predict(card, table, new int[] {0})).getMessage());
            }
            status.set(500);
            SmewException failed = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals("Asking endpoint churn: its model failed with status 500.", failed.getMessage());
            assertTrue(endpoint.explained(failed).getMessage().contains("/opt/ml/model is odd"));
        }
    }

    @Test
    void leavesAnEndpointAloneThatKeepsFailingAndComesBack() {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<Reply> reply = new AtomicReference<>(Reply.error(400, "ValidationError", "x"));
        stub.on(INVOKE, call -> {
            asked.incrementAndGet();
            return reply.get();
        });
        try (Endpoint endpoint = open()) {
            for (int i = 0; i < 30; i++) {
                failure(endpoint.predict(card, table, new int[] {0}));
            }
            assertEquals(Breaker.WINDOW / 2, asked.get());
            SmewException open = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals(Fault.NOT_READY, open.fault());
            assertEquals(Breaker.PAUSE, open.retryAfter().orElseThrow());
            reply.set(numbers(1));
            now.set(now.get().plus(Breaker.PAUSE));
            assertEquals(1, endpoint.predict(card, table, new int[] {0}).join().size());
            assertEquals(1, endpoint.predict(card, table, new int[] {0}).join().size());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Creating|NOT_READY|still being created",
                "Failed|OUTSIDE|because the image is missing",
                "Deleting|NOT_FOUND|being deleted",
                "InService|NOT_FOUND|ValidationError",
                "''|NOT_FOUND|no such endpoint in eu-central-1",
            })
    void findsOutWhyAnEndpointIsNotThere(String state, Fault fault, String expected) {
        stub.on(INVOKE, call -> Reply.error(400, "ValidationError", "Endpoint churn of account 1 not found."));
        stub.on(
                "SageMaker.DescribeEndpoint",
                Shape.of(DescribeEndpointRequest.builder(), "EndpointName"),
                call -> state.isEmpty()
                        ? Reply.error(400, "ValidationException", "Could not find endpoint \"arn:aws:…\".")
                        : Reply.json(Map.of("EndpointStatus", state, "FailureReason", "the image is missing")));
        try (Endpoint endpoint = open()) {
            SmewException full = endpoint.explained(failure(endpoint.predict(card, table, new int[] {0})));
            assertEquals(fault, full.fault(), full.getMessage());
            assertTrue(full.getMessage().contains(expected), full.getMessage());
            assertEquals(List.of(), stub.complaints());
        }
    }

    @Test
    void saysThatNobodyListens() {
        AwsSettings nowhere = new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(URI.create("http://127.0.0.1:1")),
                stub.settings().credentials());
        EndpointSettings settings = new EndpointSettings(
                EndpointAddress.parse("sagemaker:churn"),
                EndpointSettings.Format.JSON,
                Duration.ofSeconds(20),
                1,
                clock);
        try (Endpoint endpoint = Endpoint.open(settings, nowhere)) {
            SmewException failed = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals("Asking endpoint churn: it cannot be reached.", failed.getMessage());
            assertTrue(endpoint.explained(failed).getMessage().contains("nothing listens there"));
        }
    }
}
