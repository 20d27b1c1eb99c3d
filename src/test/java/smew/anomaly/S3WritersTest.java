package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.Layer.Operation;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Draft;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.S3Settings;
import smew.store.StoreSettings;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Several writers on one prefix, and answers about CURRENT that are lost: one wins, the others say so, and nobody's files vanish. */
class S3WritersTest extends OnS3 {

    @Test
    void theFirstOfTwoRunsWinsAndTheOtherLeavesNothing() {
        try (Releases one = releases();
                Releases other = releases()) {
            Draft slow = one.begin(Digest.of("slow"), Clock.systemUTC());
            Manifest manifest = manifest(slow, 1, LARGE);
            ReleaseId winner = publish(other, 2, SMALL);
            try (slow) {
                refused(
                        Fault.NOT_READY,
                        "another run published a release",
                        () -> slow.publish(manifest, Optional.empty()));
            }
            assertWhole(winner);
            assertEquals(List.of(winner), other.list());
        }
        assertEquals(4, keys().size(), keys().toString());
        assertNothingLeftHere();
    }

    @Test
    void twoRunsOfTheSameInputsInTheSameMillisecondNeverShareAFolder() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-24T02:00:00Z"), ZoneOffset.UTC);
        try (Releases one = releases();
                Releases other = releases();
                Draft first = one.begin(Digest.of("same"), clock)) {
            Draft second = other.begin(Digest.of("same"), clock);
            assertEquals(first.id(), second.id());
            Manifest manifest = manifest(first, 1, SMALL);
            try (second) {
                refused(Fault.NOT_READY, "began in the same millisecond", () -> manifest(second, 1, SMALL));
            }
            first.publish(manifest, Optional.empty());
            assertWhole(first.id());
        }
        assertEquals(4, keys().size(), keys().toString());
    }

    @Test
    void aWriterWhoseAnswerWasLostKnowsItsOwnRelease() {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        after(call -> {
            if (call.is(Operation.PUT, "CURRENT") && lost.add(call.key())) {
                throw Layer.error(500, "InternalError");
            }
        });
        try (Releases releases = releases()) {
            assertWhole(publish(releases, 1, SMALL));
        }
        assertEquals(1, lost.size());
    }

    @Test
    void aWriterWhoseEveryAnswerIsLostKnowsItsOwnReleaseToo() {
        after(call -> {
            if (call.is(Operation.PUT, "CURRENT")) {
                throw Layer.error(500, "InternalError");
            }
        });
        try (Releases releases = releases()) {
            assertWhole(publish(releases, 1, SMALL));
        }
    }

    @Test
    void aReleaseOfWhichNobodyKnowsWhetherItIsCurrentIsNotDeleted() {
        ReleaseId first;
        try (Releases releases = releases()) {
            first = publish(releases, 1, SMALL);
        }
        AtomicBoolean dead = new AtomicBoolean();
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (dead.get() && call.key().endsWith("CURRENT")) {
                    throw Layer.error(500, "InternalError");
                }
            }

            @Override
            public void after(Call call) {
                if (call.is(Operation.PUT, "CURRENT")) {
                    dead.set(true);
                    throw Layer.error(500, "InternalError");
                }
            }
        });
        try (Releases releases = releases()) {
            SmewException unknown =
                    refused(Fault.OUTSIDE, "Nobody knows whether it was written", () -> publish(releases, 2, SMALL));
            assertTrue(unknown.getMessage().contains("smew releases"), unknown.getMessage());
        }
        layer.off();
        try (Releases releases = releases()) {
            ReleaseId second = releases.requireCurrent();
            assertFalse(second.equals(first), "S3 had done it");
            assertWhole(second);
            assertEquals(2, releases.list().size());
        }
    }

    @Test
    void serversWithoutConditionalWritesAreSafeForOneRunAfterTheOther() {
        for (boolean refuses : new boolean[] {true, false}) {
            // Such a server says 501, or takes what it does not understand for a plain write.
            layer.to(new Layer.Plan() {
                @Override
                public void before(Call call) {
                    if (refuses
                            && call.request() instanceof PutObjectRequest put
                            && (put.ifMatch() != null || put.ifNoneMatch() != null)) {
                        throw Layer.error(501, "NotImplemented");
                    }
                }
            });
            try (Releases one = releases();
                    Releases other = releases()) {
                Draft slow = one.begin(Digest.of("slow"), Clock.systemUTC());
                Manifest manifest = manifest(slow, 1, SMALL);
                ReleaseId winner = publish(other, 2, SMALL);
                try (slow) {
                    refused(
                            Fault.NOT_READY,
                            "another run published a release",
                            () -> slow.publish(manifest, Optional.empty()));
                }
                assertWhole(winner);
            }
        }
    }

    @Test
    void aRunWhoseFilesSomebodyDeletedIsNotPublished() {
        try (Releases releases = releases();
                Releases pruning = releases();
                Draft slow = releases.begin(Digest.of("slow"), Clock.systemUTC())) {
            Manifest manifest = manifest(slow, 1, SMALL);
            CountDownLatch pruned = new CountDownLatch(1);
            after(call -> {
                if (call.is(Operation.PUT, "/small") && pruned.getCount() > 0) {
                    pruned.countDown();
                    pruning.prune(1, Clock.offset(Clock.systemUTC(), Duration.ofHours(30)));
                }
            });
            refused(Fault.OUTSIDE, "is there now", () -> slow.publish(manifest, Optional.empty()));
        }
        try (Releases releases = releases()) {
            assertEquals(Optional.empty(), releases.current());
            assertEquals(List.of(), releases.list());
        }
    }

    @Test
    void aReleaseThatBecomesCurrentWhileItIsPrunedStays() {
        try (Releases releases = releases();
                Releases other = releases()) {
            ReleaseId old = publish(releases, 1, SMALL);
            ReleaseId young = publish(releases, 2, SMALL);
            AtomicBoolean once = new AtomicBoolean();
            before(call -> {
                if (call.is(Operation.DELETE, "release.json") && once.compareAndSet(false, true)) {
                    other.makeCurrent(old);
                }
            });
            assertEquals(List.of(), releases.prune(1, Clock.systemUTC()));
            assertTrue(once.get());
            assertWhole(old);
            assertEquals(List.of(young, old), releases.list());
        }
    }

    @Test
    void aReleaseThatIsPrunedWhileItBecomesCurrentDoesNot() {
        try (Releases releases = releases();
                Releases other = releases()) {
            ReleaseId old = publish(releases, 1, SMALL);
            ReleaseId young = publish(releases, 2, SMALL);
            AtomicBoolean once = new AtomicBoolean();
            before(call -> {
                if (call.is(Operation.PUT, "CURRENT") && once.compareAndSet(false, true)) {
                    assertEquals(List.of(old), other.prune(1, Clock.systemUTC()));
                }
            });
            refusedLocally(Fault.NOT_READY, "somebody deleted it meanwhile", () -> releases.makeCurrent(old));
            assertWhole(young);
        }
    }

    @Test
    void whatIsWrittenIsEncryptedAndClassedAsTold() {
        var plain = settings(ADDRESS, server.settings());
        var s3 = new S3Settings(
                Optional.empty(),
                Optional.of("arn:aws:kms:eu-west-1:111122223333:key/1"),
                Optional.of("STANDARD_IA"),
                plain.s3().cache(),
                plain.s3().cacheBytes());
        try (Releases releases = Releases.of(new StoreSettings(ADDRESS, server.settings(), s3))) {
            publish(releases, 1, LARGE);
        }
        List<Call> written = layer.calls().stream()
                .filter(call -> call.operation() == Operation.PUT || call.operation() == Operation.BEGIN)
                .toList();
        assertEquals(5, written.size(), written.toString());
        for (Call call : written) {
            String request = call.request().toString();
            assertTrue(request.contains("StorageClass=STANDARD_IA"), request);
            if (call.request() instanceof PutObjectRequest put) {
                assertEquals("aws:kms", put.serverSideEncryptionAsString());
            }
            assertTrue(request.contains("aws:kms"), request);
        }
    }

    private static void refusedLocally(Fault fault, String says, Executable work) {
        SmewException failed = assertThrows(SmewException.class, work);
        assertEquals(fault, failed.fault());
        assertTrue(failed.getMessage().contains(says), failed.getMessage());
    }

    private void before(Consumer<Call> told) {
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                told.accept(call);
            }
        });
    }

    private void after(Consumer<Call> told) {
        layer.to(new Layer.Plan() {
            @Override
            public void after(Call call) {
                told.accept(call);
            }
        });
    }
}
