package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.model.Prediction;
import smew.model.PredictionLog;
import smew.model.PredictionLog.Predicted;
import smew.model.PredictionLog.Shadowed;
import tools.jackson.databind.JsonNode;

/** Another release scored beside the current one. */
class ShadowTest extends OnTestStore {

    private static final String JSON = "application/json";
    private static final int CURRENT = 1;
    private static final int OTHER = 2;

    private final BlockingQueue<Predicted> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void releases() {
        store.write(OTHER, List.of(), List.of(TestStore.loans(OTHER, "loans", 60)));
        store.publishModels(CURRENT, TestStore.loans(CURRENT, "loans", 80));
    }

    private ServeSettings shadow(int number) {
        return settings.with(new ServeSettings.Trials(
                Optional.empty(), Optional.of(TestStore.id(number).value())));
    }

    private Server start(ServeSettings chosen, PredictionLog log) {
        return Server.start(
                chosen,
                store.releases(),
                Optional.empty(),
                new Companions(Optional.of(log), Optional.empty(), Optional.empty()));
    }

    /** The next that the log hears of. */
    private Predicted told() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(20, TimeUnit.SECONDS), "nobody told the log");
    }

    @Test
    void theCurrentReleaseAnswersAndTheLogHearsOfBoth() throws InterruptedException {
        List<JsonNode> expected;
        try (Server server = start(settings, heard::add)) {
            store.makeCurrent(TestStore.id(OTHER).value());
            server.refresh();
            expected = IntStream.range(1000, 1060)
                    .mapToObj(id -> new Client(server).get("/predictions/" + id).json())
                    .toList();
        }
        heard.clear();
        store.makeCurrent(TestStore.id(CURRENT).value());
        String metrics;
        try (Server server = start(shadow(OTHER), heard::add)) {
            Client client = new Client(server);
            String ids = IntStream.range(1000, 1062).mapToObj(String::valueOf).collect(Collectors.joining(","));
            JsonNode answers =
                    client.post("/predictions", JSON, "{\"ids\":[" + ids + "]}").json();
            answers.get("predictions")
                    .valueStream()
                    .forEach(answer -> assertEquals(
                            TestStore.id(CURRENT).value(), answer.get("release").asString()));
            Predicted told = told();
            assertEquals(TestStore.id(CURRENT).value(), told.release());
            assertEquals(62, told.rows().length);
            Shadowed shadowed = told.shadow().orElseThrow();
            assertEquals(TestStore.id(OTHER).value(), shadowed.release());
            for (int i = 0; i < 60; i++) {
                Prediction said = shadowed.predictions().get(i).orElseThrow();
                double probability = expected.get(i).get("probability").asDouble();
                assertEquals(probability, said.probability());
                assertEquals(expected.get(i).get("prediction").asLong(), said.value());
                assertEquals(
                        Math.abs(probability
                                - answers.at("/predictions/" + i + "/probability")
                                        .asDouble()),
                        shadowed.differences()[i],
                        1e-12);
            }
            assertEquals(Optional.empty(), shadowed.predictions().get(60));
            assertTrue(Double.isNaN(shadowed.differences()[61]));
            metrics = client.get("/metrics").body();
        }
        double same = sum(metrics, "smew_shadow_predictions_total", "result=\"same\"");
        double different = sum(metrics, "smew_shadow_predictions_total", "result=\"different\"");
        assertTrue(same > 0 && different > 0, metrics);
        assertEquals(60, same + different);
        assertEquals(2, sum(metrics, "smew_shadow_predictions_total", "result=\"missing\""));
        assertEquals(
                60,
                sum(metrics, "smew_shadow_difference_count", TestStore.id(OTHER).value()));
        assertEquals(62, sum(metrics, "smew_predictions_total", "model=\"loans\""));
    }

    @Test
    void whatMightBeIsNotCompared() throws InterruptedException {
        try (Server server = start(shadow(OTHER), heard::add)) {
            Client client = new Client(server);
            client.post("/predictions/1000", JSON, "{\"features\":{\"amount\":5}}");
            client.get("/predictions/1001", "X-Request-Id", "mine");
            assertEquals("mine", told().requestId());
            assertEquals(List.of(), List.copyOf(heard));
        }
    }

    @Test
    void worksWithoutALogAndBesideNewReleases() {
        String metrics;
        try (Server server = Server.start(shadow(OTHER), store.releases())) {
            Client client = new Client(server);
            client.get("/predictions/1000");
            publish(3);
            server.refresh();
            assertEquals(
                    TestStore.id(3).value(),
                    client.get("/predictions/1001").json().get("release").asString());
            // The same as itself: nothing to compare.
            store.makeCurrent(TestStore.id(OTHER).value());
            server.refresh();
            client.get("/predictions/1002");
            metrics = untilCounted(client, 2);
        }
        assertEquals(2, sum(metrics, "smew_shadow_predictions_total", "model=\"loans\""));
    }

    private static String untilCounted(Client client, int predictions) {
        String metrics = "";
        for (int attempt = 0; attempt < 1000; attempt++) {
            metrics = client.get("/metrics").body();
            if (sum(metrics, "smew_shadow_predictions_total", "") >= predictions) {
                return metrics;
            }
        }
        return metrics;
    }

    @Test
    void whatTheCanaryAnswersIsNotCompared() throws InterruptedException {
        ServeSettings both = settings.with(new ServeSettings.Trials(
                Optional.of(new ServeSettings.Canary(TestStore.id(OTHER).value(), 1)), Optional.of(write(3))));
        try (Server server = start(both, heard::add)) {
            Client client = new Client(server);
            client.get("/predictions/1000");
            assertEquals(Optional.empty(), told().shadow());
            client.get("/predictions/1060");
            assertTrue(told().shadow().isPresent());
        }
    }

    private String write(int number) {
        return store.write(number, List.of(), List.of(TestStore.loans(number, "loans", 60)))
                .value();
    }

    /** The shadow waits for the log here, as it would for a processor that others need. */
    @Test
    void aShadowThatIsTooSlowHoldsUpNobodyAndIsCounted() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        String shadowThread = "smew-shadow";
        PredictionLog log = told -> {
            if (Thread.currentThread().getName().equals(shadowThread)) {
                entered.countDown();
                await(slow);
            }
            heard.add(told);
        };
        try (Server server = start(shadow(OTHER), log)) {
            Client client = new Client(server);
            String ids = "1001,".repeat(Shadow.WAITING_ROWS - 1) + "1002";
            client.get("/predictions/1000");
            entered.await();
            assertEquals(
                    200,
                    client.post("/predictions", JSON, "{\"ids\":[" + ids + "]}").status());
            for (int i = 0; i < 3; i++) {
                assertEquals(200, client.get("/predictions/1003").status());
                assertEquals(Optional.empty(), told().shadow());
            }
            assertEquals(3, sum(client.get("/metrics").body(), "smew_shadow_predictions_total", "result=\"dropped\""));
            slow.countDown();
            assertTrue(told().shadow().isPresent());
            assertEquals(Shadow.WAITING_ROWS, told().rows().length);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** The shadow gets no further than the first until the server waits for it. */
    @Test
    void aServerThatStopsHasComparedWhatItAnswered() {
        Thread stops = Thread.currentThread();
        PredictionLog log = told -> {
            long start = System.nanoTime();
            while (heard.isEmpty() && !isClosingAShadow(stops) && System.nanoTime() - start < 20_000_000_000L) {
                Thread.onSpinWait();
            }
            heard.add(told);
        };
        try (Server server = start(shadow(OTHER), log)) {
            Client client = new Client(server);
            for (int id = 1000; id < 1050; id++) {
                client.get("/predictions/" + id);
            }
        }
        assertEquals(50, heard.size());
        assertTrue(heard.stream().allMatch(told -> told.shadow().isPresent()));
    }

    private static boolean isClosingAShadow(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Shadow.class.getName())
                        && frame.getMethodName().equals("close"));
    }

    /** A model that allows none missing refuses rows that the current one takes. */
    @Test
    void aShadowThatCannotScoreARowHasNoAnswerForIt() throws InterruptedException {
        store.write(3, List.of(), List.of(TestStore.strictLoans(3, "loans", 60)));
        try (Server server = start(shadow(3), heard::add)) {
            new Client(server).post("/predictions", JSON, "{\"ids\":[1015,1016,1017]}");
            Shadowed shadowed = told().shadow().orElseThrow();
            assertEquals(
                    List.of(true, false, true),
                    shadowed.predictions().stream().map(Optional::isPresent).toList());
        }
    }
}
