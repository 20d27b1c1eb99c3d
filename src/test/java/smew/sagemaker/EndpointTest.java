package smew.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.aws.StubAws;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Prediction;

/** Asking an endpoint. */
final class EndpointTest extends OnStubEndpoint {

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
}
