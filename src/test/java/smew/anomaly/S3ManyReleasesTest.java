package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.anomaly.SmewProcess.Running;
import smew.aws.Layer.Operation;
import smew.base.Json;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;

/** A bucket with more releases than one listing gives. */
class S3ManyReleasesTest extends OnS3 {

    private static final int RELEASES = 1_200;

    @TempDir
    Path logs;

    @Test
    void thousandsOfReleasesAreListedRolledBackAndPruned() throws IOException {
        ReleaseId newest;
        Manifest manifest;
        try (Releases releases = releases()) {
            newest = publish(releases, 1, SMALL);
            manifest = releases.manifest(newest);
        }
        Path place = folder.resolve("server/bucket/some/prefix/releases");
        for (int i = 1; i < RELEASES; i++) {
            ReleaseId id = new ReleaseId("20260101T%06d.000Z-%012x".formatted(i, i));
            Files.createDirectories(place.resolve(id.value()));
            Files.writeString(
                    place.resolve(id.value()).resolve("release.json"),
                    Json.pretty(manifest).replace(newest.value(), id.value()));
        }
        ReleaseId oldest = new ReleaseId("20260101T000001.000Z-000000000001");
        long start = System.nanoTime();
        int asked = layer.calls().size();
        Running list = new SmewProcess(folder, logs, server.environment())
                .start(
                        "releases",
                        "--store",
                        ADDRESS,
                        "--cache",
                        folder.resolve("cache").toString());
        assertEquals(0, list.code(), list.complained());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(list.printed().contains(newest.value()) && list.printed().contains(oldest.value()));
        assertTrue(took.toSeconds() < 60, "it took " + took);
        assertTrue(layer.calls().size() - asked < RELEASES + 10, "one request for each release");
        try (Releases releases = releases()) {
            assertEquals(RELEASES, releases.list().size());
            long before = layer.calls().size();
            assertEquals(Optional.of(newest), releases.current());
            assertTrue(layer.calls().size() - before < 4, "the current one is found without looking at others");
            releases.makeCurrent(oldest);
            before = layer.calls().size();
            ReleaseId next = publish(releases, 2, SMALL);
            assertTrue(layer.calls().size() - before < 15, "a run does not look at other releases");
            List<ReleaseId> pruned = releases.prune(3, Clock.systemUTC());
            assertEquals(RELEASES + 1 - 3, pruned.size());
            assertEquals(Optional.of(next), releases.current());
            assertEquals(3, releases.list().size());
        }
        assertTrue(layer.calls().stream().anyMatch(call -> call.operation() == Operation.LIST));
    }
}
