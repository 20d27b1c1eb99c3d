package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import smew.aws.AwsSettings;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.Layer.Operation;
import smew.aws.Wire;
import smew.aws.Wire.Fate;
import smew.base.Fault;
import smew.release.Draft;
import smew.release.ReleaseId;
import smew.release.Releases;

/** A store on S3 whose server or network fails, now and then or for ever: nothing is lost, and one sentence says what happened. */
class S3TroubleTest extends OnS3 {

    private static final Duration IMPATIENT = Duration.ofMillis(400);

    /** What is left of a limit on a machine that does other things too. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    @Test
    void everyRequestThatFailsOnceIsMadeAgain() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (failed.add(call.operation() + call.key())) {
                    throw Layer.error(500, "InternalError");
                }
            }
        });
        ReleaseId id;
        try (Releases releases = releases()) {
            id = publish(releases, 1, LARGE);
        }
        assertWhole(id);
        assertTrue(failed.size() > 8, failed.toString());
    }

    @Test
    void aServerThatAsksForFewerRequestsGetsThem() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (call.is(Operation.PUT, "CURRENT") && failed.add(call.key())) {
                    throw Layer.error(503, "SlowDown");
                }
            }
        });
        ReleaseId id;
        try (Releases releases = releases()) {
            id = publish(releases, 1, SMALL);
        }
        assertWhole(id);
    }

    @Test
    void aServerThatFailsForEverLeavesTheCurrentRelease() {
        ReleaseId first;
        try (Releases releases = releases()) {
            first = publish(releases, 1, SMALL);
        }
        for (String code : new String[] {"InternalError", "SlowDown"}) {
            failing(Operation.PUT, "small", code.equals("SlowDown") ? 503 : 500, code);
            try (Releases releases = releases()) {
                refused(
                        Fault.OUTSIDE,
                        code.equals("SlowDown") ? "asks for fewer requests" : "failed there",
                        () -> publish(releases, 2, SMALL));
            }
            layer.off();
            assertWhole(first);
            assertEquals(3 + 1, keys().size(), keys().toString());
        }
        assertNothingLeftHere();
    }

    @Test
    void aPartThatFailsForEverEndsTheRunAtOnceAndIsTakenBack() {
        failing(Operation.PART, "large", 500, "InternalError");
        try (Releases releases = releases()) {
            long start = System.nanoTime();
            refused(Fault.OUTSIDE, "Writing " + ADDRESS, () -> publish(releases, 1, 12 * LARGE));
            assertTrue(
                    took(start).compareTo(SLACK.plusSeconds(5)) < 0, took(start).toString());
        }
        assertEquals(Set.of(), layer.begun(), () -> layer.calls().toString());
        assertTrue(count(Operation.BEGIN) == 1 && count(Operation.PART) > 0, "parts are refused");
        assertTrue(count(Operation.PART) < 3 * 12, "it asked " + count(Operation.PART) + " times");
        assertEquals(List.of(), keys());
        assertNothingLeftHere();
    }

    @Test
    void aDeadEndpointFailsWithinTheStatedTime() throws IOException {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        for (int again = 0; again < 15; again++) {
            // One such request of five once waited for ever.
            dead(server.settings().withEndpoint(nobody), Fault.OUTSIDE, "nothing listens there");
        }
        try (Wire wire = Wire.to(server.endpoint())) {
            wire.fate(_ -> Fate.SILENT);
            AwsSettings silent = server.settings().withEndpoint(wire.endpoint()).withSilence(IMPATIENT);
            dead(silent, Fault.OUTSIDE_SLOW, "no answer in time");
            assertEquals(3, wire.connections());
        }
        assertNothingLeftHere();
    }

    private void dead(AwsSettings aws, Fault fault, String says) {
        long start = System.nanoTime();
        try (Releases releases = releases(aws)) {
            refused(fault, says, () -> releases.current());
        }
        assertTrue(
                took(start).compareTo(IMPATIENT.multipliedBy(3).plus(SLACK)) < 0,
                took(start).toString());
    }

    @Test
    void aServerThatDiesBetweenPartsEndsTheRunAndKeepsTheRelease() {
        try (Wire wire = Wire.to(server.endpoint());
                Releases releases =
                        releases(server.settings().withEndpoint(wire.endpoint()).withSilence(IMPATIENT))) {
            ReleaseId first = publish(releases, 1, SMALL);
            layer.to(new Layer.Plan() {
                @Override
                public void after(Call call) {
                    if (call.operation() == Operation.PART) {
                        wire.fate(_ -> Fate.SILENT);
                    }
                }
            });
            long start = System.nanoTime();
            refused(Fault.OUTSIDE_SLOW, "Writing " + ADDRESS, () -> publish(releases, 2, LARGE));
            // Three times the patience, and the time for cleaning up twice.
            assertTrue(
                    took(start).compareTo(Duration.ofSeconds(25).plus(SLACK)) < 0,
                    took(start).toString());
            layer.off();
            assertWhole(first);
        }
        assertNothingLeftHere();
    }

    @Test
    void aSlowServerIsWaitedFor() {
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                pause(150);
            }
        });
        ReleaseId id;
        try (Releases releases = releases()) {
            id = publish(releases, 1, SMALL);
        }
        assertWhole(id);
    }

    @Test
    void aConnectionThatBreaksInAPartIsMadeAnew() {
        ReleaseId id;
        try (Wire wire = Wire.to(server.endpoint());
                Releases releases = releases(server.settings().withEndpoint(wire.endpoint()))) {
            wire.fate(connection -> connection <= 2 ? Fate.breaksUpAfter(200_000) : Fate.WHOLE);
            id = publish(releases, 1, LARGE);
            assertTrue(wire.connections() > 2);
        }
        assertWhole(id);
    }

    @Test
    void aConnectionThatBreaksInADownloadIsMadeAnew() {
        ReleaseId id;
        try (Releases releases = releases()) {
            id = publish(releases, 1, LARGE);
        }
        try (Wire wire = Wire.to(server.endpoint());
                Releases releases = releases(server.settings().withEndpoint(wire.endpoint()))) {
            wire.fate(connection -> connection <= 2 ? Fate.breaksDownAfter(50_000) : Fate.WHOLE);
            releases.files(releases.manifest(id)).file("large");
            assertTrue(wire.connections() > 2);
        }
    }

    @Test
    void aStoreThatDiesInADownloadIsToldAndLeavesNoCopy() {
        ReleaseId id;
        try (Releases releases = releases()) {
            id = publish(releases, 1, LARGE);
        }
        try (Wire wire = Wire.to(server.endpoint());
                Releases releases =
                        releases(server.settings().withEndpoint(wire.endpoint()).withSilence(IMPATIENT))) {
            var manifest = releases.manifest(id);
            wire.fate(_ -> Fate.breaksDownAfter(50_000));
            refused(
                    Fault.OUTSIDE,
                    "Reading " + ADDRESS,
                    () -> releases.files(manifest).file("large"));
        }
        assertNothingLeftHere();
    }

    @Test
    void anAnswerThatIsLostAfterTheLastPartIsFoundOut() {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        layer.to(new Layer.Plan() {
            @Override
            public void after(Call call) {
                if (call.operation() == Operation.COMPLETE && lost.add(call.key())) {
                    throw Layer.error(500, "InternalError");
                }
            }
        });
        ReleaseId id;
        try (Releases releases = releases()) {
            id = publish(releases, 1, LARGE);
        }
        assertEquals(1, lost.size());
        assertWhole(id);
    }

    @Test
    void aWriterWhoseStoreIsDeadHoldsNothingUp() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (Releases releases = releases()) {
            Draft draft = releases.begin("0".repeat(64), Clock.systemUTC());
            failing(Operation.DELETE, "", 500, "InternalError");
            manifest(draft, 1, SMALL);
            Thread.ofVirtual().start(() -> {
                draft.close();
                ended.countDown();
            });
            assertTrue(ended.await(30, TimeUnit.SECONDS), "closing ends, with a line in the log");
        }
        assertEquals(Optional.empty(), current());
    }

    private Optional<ReleaseId> current() {
        layer.off();
        try (Releases releases = releases()) {
            return releases.current();
        }
    }

    private void failing(Operation operation, String end, int status, String code) {
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (call.is(operation, end)) {
                    throw Layer.error(status, code);
                }
            }
        });
    }

    private long count(Operation operation) {
        return layer.calls().stream()
                .filter(call -> call.operation() == operation)
                .count();
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A server's time to think. */
    private static void pause(long millis) {
        try {
            boolean _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
