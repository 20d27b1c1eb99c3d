package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Agreement;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import tools.jackson.databind.JsonNode;

/** Predictions that come from elsewhere. */
class BackendTest extends OnTestStore {

    private static final String JSON = "application/json";
    private static final String NAME = "sagemaker:loans-x";
    private static final SmewException DOWN = new SmewException(Fault.OUTSIDE, "Asking endpoint loans-x: it is down.");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final ServeSettings timed = settings.with(new ServeSettings.Timing(
            Duration.ofDays(1), Duration.ofSeconds(20), ((InstantSource) now::get).withZone(ZoneOffset.UTC)));
    private final Elsewhere elsewhere = new Elsewhere();

    /** A backend that has one release, fails when told to, and answers when told to. */
    private final class Elsewhere implements Backend {
        volatile int release = 1;
        volatile Optional<SmewException> failure = Optional.empty();
        volatile Optional<CompletableFuture<Void>> hold = Optional.empty();
        final CountDownLatch asked = new CountDownLatch(2);
        final List<Integer> sizes = new ArrayList<>();

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public synchronized CompletionStage<List<Prediction>> predict(Card card, Table table, int[] rows) {
            sizes.add(rows.length);
            asked.countDown();
            if (failure.isPresent()) {
                return CompletableFuture.failedFuture(failure.get());
            }
            Predictor predictor = Predictor.load(
                    store.directory(TestStore.id(release)).resolve("models").resolve(card.name()));
            List<Prediction> predictions = predictor.predict(table, rows);
            return hold.orElseGet(() -> CompletableFuture.completedFuture(null)).thenApply(_ -> predictions);
        }

        @Override
        public SmewException explained(Throwable failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return new SmewException(((SmewException) cause).fault(), cause.getMessage() + " In full.");
        }
    }

    private Server start(boolean fallback, boolean allowDifference) {
        return Server.start(
                timed,
                store.releases(),
                Optional.of(new ChosenBackend(elsewhere, fallback, allowDifference)),
                Companions.NONE);
    }

    private static String backend(Client client, String path) {
        return client.get(path).json().get("backend").asString();
    }

    @Test
    void answersByIdComeFromTheBackendInOneCallAndNameIt() {
        store.publishModels(1, TestStore.loans(1, "loans", 60), TestStore.loans(1, "second", 60));
        try (Server local = Server.start(settings, store.releases());
                Server server = start(false, false)) {
            Client client = new Client(server);
            assertEquals(List.of(Agreement.ROWS), elsewhere.sizes, "rows that were compared at the start");
            for (String path : List.of("/predictions/1003", "/models/loans/predictions/1016")) {
                assertEquals(
                        new Client(local).get(path).body().replace("\"local\"", '"' + NAME + '"'),
                        client.get(path).body());
            }
            elsewhere.sizes.clear();
            JsonNode many = client.post("/predictions", JSON, "{\"ids\":[1007,-1,1003]}")
                    .json();
            assertEquals(List.of(2), elsewhere.sizes);
            assertEquals(client.get("/predictions/1003").json(), many.at("/predictions/1"));
            assertEquals("[-1]", many.get("unknown").toString());
            assertEquals(
                    200, client.post("/predictions", JSON, "{\"ids\":[-1]}").status());
            assertEquals("local", backend(client, "/models/second/predictions/1003"));
            elsewhere.failure = Optional.of(DOWN);
            assertEquals(
                    200,
                    client.post("/invocations", "text/csv", "500,Oslo,true,1\n").status());
        }
    }

    @Test
    void refusesABackendThatSaysSomethingElseNamingTheEntityAndBothValues() {
        publish(1);
        store.write(2, List.of(), List.of(TestStore.loans(2, "loans", 60)));
        elsewhere.release = 2;
        SmewException refused =
                assertThrows(SmewException.class, () -> start(true, false).close());
        assertEquals(Fault.GATE, refused.fault());
        assertTrue(
                refused.getMessage()
                        .matches("Comparing " + NAME
                                + " with model loans of the release: of entity 10\\d\\d it says [01]"
                                + " with probability \\S+, the model says [01] with probability \\S+, and \\d+ of 50 rows"
                                + " differ\\. .*--allow-difference\\."),
                refused.getMessage());
        try (Server server = start(false, true)) {
            assertEquals(NAME, backend(new Client(server), "/predictions/1003"));
        }
    }

    @Test
    void servesTheOldReleaseUntilTheBackendHasTheNewOneAndSaysSoOnce() throws InterruptedException {
        publish(1);
        try (Server server = start(false, false);
                Warnings warnings = new Warnings()) {
            publish(2);
            server.refresh();
            now.set(now.get().plusSeconds(61));
            server.refresh();
            assertEquals(TestStore.id(1).value(), server.release());
            assertTrue(warnings.next().contains("goes on being served: Comparing " + NAME));
            assertTrue(warnings.messages.isEmpty(), warnings.messages.toString());
            elsewhere.release = 2;
            now.set(now.get().plusSeconds(61));
            server.refresh();
            assertEquals(TestStore.id(2).value(), server.release());
            assertEquals(NAME, backend(new Client(server), "/predictions/1003"));
        }
    }

    @Test
    void aFailureOfTheBackendIsOneProblem() {
        publish(1);
        try (Server server = start(false, false)) {
            Client client = new Client(server);
            elsewhere.failure = Optional.of(DOWN);
            detail("Asking endpoint loans-x: it is down.", problem(502, client.get("/predictions/1003")));
            elsewhere.failure = Optional.of(SmewException.later(Fault.OVERLOAD, "Too much.", Duration.ofMillis(1_200)));
            Client.Reply busy = client.post("/predictions", JSON, "{\"ids\":[1003]}");
            problem(429, busy);
            assertEquals("2", busy.header("Retry-After"));
            elsewhere.failure = Optional.of(new SmewException(Fault.OUTSIDE_SLOW, "Too slow."));
            problem(504, client.get("/predictions/1003"));
            assertEquals(404, client.get("/predictions/1").status());
        }
    }

    @Test
    void theLocalModelStandsInWhereThatIsWanted() throws InterruptedException {
        publish(1);
        try (Server server = start(true, false);
                Warnings warnings = new Warnings()) {
            Client client = new Client(server);
            assertEquals(NAME, backend(client, "/predictions/1003"));
            elsewhere.failure = Optional.of(DOWN);
            assertEquals("local", backend(client, "/predictions/1003"));
            assertEquals(
                    "local",
                    client.post("/predictions", JSON, "{\"ids\":[1003,1004]}")
                            .json()
                            .at("/predictions/1/backend")
                            .asString());
            assertEquals(
                    "The local model has answered instead of " + NAME
                            + " 1 time: Asking endpoint loans-x: it is down. In full.",
                    warnings.next());
            now.set(now.get().plusSeconds(61));
            assertEquals("local", backend(client, "/predictions/1003"));
            assertTrue(warnings.next().contains(" 4 times: "), "one line a minute, which counts what it leaves out");
        }
    }

    @Test
    void startsWithTheLocalModelWhereItMayStandInForABackendThatIsDown() {
        publish(1);
        elsewhere.failure = Optional.of(DOWN);
        SmewException down =
                assertThrows(SmewException.class, () -> start(false, false).close());
        assertEquals("Asking endpoint loans-x: it is down. In full.", down.getMessage());
        try (Server server = start(true, false)) {
            Client client = new Client(server);
            int asked = elsewhere.sizes.size();
            assertEquals("local", backend(client, "/predictions/1003"));
            assertEquals(asked, elsewhere.sizes.size(), "nobody asks what was not compared");
            elsewhere.failure = Optional.empty();
            server.refresh();
            assertEquals("local", backend(client, "/predictions/1003"));
            now.set(now.get().plusSeconds(61));
            server.refresh();
            assertEquals(NAME, backend(client, "/predictions/1003"));
        }
        elsewhere.failure = Optional.of(new SmewException(Fault.NOT_FOUND, "No such endpoint."));
        assertThrows(SmewException.class, () -> start(true, false).close());
    }

    @Test
    void finishesWhatWaitsForTheBackendBeforeItStops() throws Exception {
        publish(1);
        Server server = start(false, false);
        CompletableFuture<Void> hold = new CompletableFuture<>();
        elsewhere.hold = Optional.of(hold);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Client client = new Client(server);
            Future<Client.Reply> waiting = threads.submit(() -> client.get("/predictions/1003"));
            elsewhere.asked.await();
            Future<?> stopping = threads.submit(server::close);
            assertFalse(stopping.isDone());
            hold.complete(null);
            assertEquals(200, waiting.get().status());
            stopping.get();
        }
    }

    /** What the server warns of. */
    private static final class Warnings extends Handler implements AutoCloseable {
        private static final Logger LOGGER = Logger.getLogger("smew.serve");
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        Warnings() {
            LOGGER.addHandler(this);
        }

        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                messages.add(logged.getMessage());
            }
        }

        String next() throws InterruptedException {
            return Objects.requireNonNull(messages.poll(20, TimeUnit.SECONDS), "Nobody warned.");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOGGER.removeHandler(this);
        }
    }
}
