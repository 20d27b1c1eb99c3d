package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Following new releases. */
class FollowTest extends OnTestStore {

    private static final String JSON = "application/json";

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
        ServeSettings timed = settings.with(
                new ServeSettings.Timing(Duration.ofDays(1), Duration.ZERO, ticking.withZone(ZoneOffset.UTC)));
        try (Server server = Server.start(timed, store.releases())) {
            publish(2);
            Path model = store.directory(TestStore.id(2)).resolve("models/loans/model.trees");
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
    void goesOnFollowingAfterAnyError() throws IOException {
        publish(1);
        AtomicBoolean broken = new AtomicBoolean();
        InstantSource failing = () -> {
            if (broken.getAndSet(false)) {
                throw new StackOverflowError();
            }
            return Instant.EPOCH;
        };
        ServeSettings timed = settings.with(
                new ServeSettings.Timing(Duration.ofDays(1), Duration.ZERO, failing.withZone(ZoneOffset.UTC)));
        try (Server server = Server.start(timed, store.releases())) {
            publish(2);
            Files.write(store.directory(TestStore.id(2)).resolve("models/loans/model.trees"), new byte[] {1});
            server.refresh();
            broken.set(true);
            server.refresh();
            assertFalse(broken.get());
            publish(3);
            server.refresh();
            assertEquals(TestStore.id(3).value(), server.release());
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
        ServeSettings polling =
                settings.with(new ServeSettings.Timing(Duration.ofMillis(5), Duration.ZERO, Clock.systemUTC()));
        try (Server server = Server.start(polling, store.releases())) {
            publish(2);
            Instant deadline = Instant.now().plusSeconds(20);
            while (!server.release().equals(TestStore.id(2).value())) {
                assertTrue(Instant.now().isBefore(deadline), "Nobody looked at CURRENT.");
                Thread.onSpinWait();
            }
        }
    }
}
