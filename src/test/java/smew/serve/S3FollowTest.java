package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.S3Server;
import smew.release.Releases;
import smew.store.S3Settings;
import smew.store.Store;
import smew.store.StoreSettings;
import smew.store.Writer;

/** Following a store on S3: new releases, older ones, and a bucket that cannot be reached for a while. */
class S3FollowTest extends OnTestStore {

    @TempDir
    Path bucket;

    @TempDir
    Path cache;

    private final Layer.Switch layer = new Layer.Switch();

    /** Online rows in memory, and mapped: their copies are deleted all the same, and read on. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 0})
    void followsABucketThroughItsTroublesWithoutDroppingARequest(long online) throws Exception {
        try (S3Server s3 = S3Server.start(bucket, layer)) {
            StoreSettings there =
                    new StoreSettings("s3://bucket/p", s3.settings(), S3Settings.DEFAULT.withCache(cache, 100_000_000));
            release(there, 1);
            try (Releases releases = Releases.of(there);
                    Server server = Server.start(settings.with(settings.limits().withOnline(online)), releases);
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                AtomicBoolean stop = new AtomicBoolean();
                Future<Integer> load = clients.submit(() -> load(new Client(server), stop));
                try {
                    follow(there, releases, server);
                } finally {
                    stop.set(true);
                }
                assertTrue(load.get() > 0);
                assertEquals(List.of(), copies(), "what was loaded is not needed here any more");
            }
            try (Stream<Path> sessions = Files.list(cache.resolve("sessions"))) {
                assertEquals(List.of(), sessions.toList());
            }
        }
    }

    private void follow(StoreSettings there, Releases releases, Server server) throws IOException {
        release(there, 2);
        assertServed(server, 2);
        releases.makeCurrent(TestStore.id(1));
        assertServed(server, 1);
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                throw Layer.error(500, "InternalError");
            }
        });
        assertServed(server, 1);
        assertServed(server, 1);
        layer.off();
        release(there, 3);
        assertServed(server, 3);
        // Files that are there no more, after CURRENT was read.
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (!call.operation().changes() && call.key().contains("/models/")) {
                    throw Layer.error(403, "AccessDenied");
                }
            }
        });
        release(there, 4);
        assertServed(server, 3);
        layer.off();
        release(there, 5);
        assertServed(server, 5);
    }

    private static void assertServed(Server server, int number) {
        server.refresh();
        assertEquals(TestStore.id(number).value(), server.release());
    }

    private static int load(Client client, AtomicBoolean stop) {
        int asked = 0;
        do {
            assertEquals(200, client.get("/predictions/1001").status());
            asked++;
        } while (!stop.get());
        return asked;
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.walk(cache.resolve("sessions"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .toList();
        }
    }

    private void release(StoreSettings there, int number) {
        publish(number);
        String id = TestStore.id(number).value();
        try (Store s3 = Store.open(there);
                Writer writer = s3.write("CURRENT")) {
            writer.publish(store.directory(TestStore.id(number)), "releases/" + id, "release.json");
            writer.point((id + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
