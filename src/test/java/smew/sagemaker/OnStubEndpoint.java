package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.StubAws;
import smew.aws.StubAws.Reply;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.serve.TestStore;

/** An endpoint that a test plays, and rows to ask it about. */
abstract class OnStubEndpoint {

    static final String INVOKE = "POST /endpoints/[^/]+/invocations";
    static final String ACCOUNT = "123456789012";

    @TempDir
    static Path folder;

    static Card card;
    static Table table;

    final StubAws stub = StubAws.start();
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    final CountDownLatch held = new CountDownLatch(1);

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

    Endpoint open(String address, EndpointSettings.Format format, Duration timeout, int concurrency) {
        return Endpoint.open(
                new EndpointSettings(EndpointAddress.parse(address), format, timeout, concurrency, clock),
                stub.settings());
    }

    Endpoint open() {
        return open("sagemaker:churn", EndpointSettings.Format.JSON, Duration.ofSeconds(20), 100);
    }

    static SmewException failure(CompletableFuture<?> asked) {
        return (SmewException)
                assertThrows(CompletionException.class, asked::join).getCause();
    }

    static Reply numbers(int count) {
        return Reply.json(Map.of(
                "predictions", IntStream.range(0, count).mapToObj(i -> 0.25).toList()));
    }

    Reply hold() throws IOException {
        try {
            held.await();
            return numbers(1);
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
