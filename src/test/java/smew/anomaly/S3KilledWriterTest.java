package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.aws.AwsSettings;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.Layer.Operation;
import smew.aws.Wire;
import smew.aws.Wire.Fate;
import smew.base.SmewException;
import smew.release.ReleaseId;
import smew.release.Releases;

/**
 * A writer that ends at each change it makes in a bucket, before the change or after it: from then on nothing more of it arrives,
 * as after kill -9. Readers see all of the old release or all of the new, and a day later prune has nothing left to delete.
 */
class S3KilledWriterTest extends OnS3 {

    private static final Clock NEXT_DAY = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));

    /** Which change puts it there, of nine: CURRENT is the next. */
    private static final int MANIFEST = 7;

    private Wire wire;

    @BeforeEach
    void openWire() {
        wire = Wire.to(server.endpoint());
    }

    @AfterEach
    void closeWire() {
        wire.close();
    }

    @Test
    void aRunThatDiesAtAnyChangeLosesNothing() {
        ReleaseId current;
        try (Releases releases = releases()) {
            current = publish(releases, 1, SMALL);
        }
        List<String> seen = new ArrayList<>();
        boolean died = true;
        for (int step = 1; died; step++) {
            for (boolean done : step < MANIFEST ? new boolean[] {false} : new boolean[] {false, true}) {
                died = dies(step, done, step * 2 + (done ? 1 : 0));
                layer.off();
                ReleaseId found = found();
                seen.add(found.equals(current) ? "old" : "new");
                current = found;
            }
        }
        // Claim, begin, two parts, the small file, the end of the parts, the manifest; then CURRENT, and the claim
        // given back.
        List<String> expected = new ArrayList<>(Collections.nCopies(MANIFEST - 1 + 2 + 1, "old"));
        expected.addAll(Collections.nCopies(seen.size() - expected.size(), "new"));
        assertEquals(expected, seen);
        assertEquals(14, seen.size(), "the last two lived");
        try (Releases releases = releases()) {
            releases.prune(1, Clock.systemUTC());
            assertTrue(keys().size() > 4, "what may still be written to stays: " + keys());
            releases.prune(1, NEXT_DAY);
            assertWhole(current);
            assertEquals(List.of(current), releases.list());
        }
        // The server itself loses an upload whose first answer was lost.
        List<String> left =
                keys().stream().filter(key -> !key.endsWith("-stub")).toList();
        assertEquals(4, left.size(), "CURRENT and the three files of a release: " + left);
    }

    /** The current release, after everything that is listed was seen to be whole. */
    private ReleaseId found() {
        try (Releases releases = releases()) {
            ReleaseId found = releases.requireCurrent();
            assertWhole(found);
            assertTrue(releases.list().contains(found));
            releases.list().forEach(releases::manifest);
            return found;
        }
    }

    /** Whether a run came so far that it died. */
    private boolean dies(int step, boolean done, int number) {
        AtomicInteger changes = new AtomicInteger();
        AtomicBoolean dead = new AtomicBoolean();
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                boolean now = call.operation().changes() && changes.incrementAndGet() == step && !done;
                if (dead.get() || now) {
                    die(dead);
                }
            }

            @Override
            public void after(Call call) {
                if (done && changes.get() >= step && call.operation().changes()) {
                    die(dead);
                }
            }
        });
        try (Releases releases = releases(wired())) {
            publish(releases, number, LARGE);
        } catch (SmewException killed) {
            assertTrue(dead.get(), killed.getMessage());
        }
        wire.fate(_ -> Fate.WHOLE);
        return dead.get();
    }

    /** Nothing of the writer arrives any more, and what is under way is not done. */
    private void die(AtomicBoolean dead) {
        dead.set(true);
        wire.fate(_ -> Fate.breaksUpAfter(0));
        throw Layer.error(410, "Gone");
    }

    private AwsSettings wired() {
        return server.settings().withEndpoint(wire.endpoint());
    }

    @Test
    void prunesUploadsThatNobodyEnded() {
        AtomicBoolean dead = new AtomicBoolean();
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (call.operation() == Operation.PART) {
                    die(dead);
                }
            }
        });
        try (Releases releases = releases(wired())) {
            assertThrows(SmewException.class, () -> publish(releases, 1, LARGE));
        }
        layer.off();
        try (Releases releases = releases()) {
            int left = keys().size();
            assertTrue(left > 0, "the upload was begun");
            releases.prune(1, Clock.systemUTC());
            assertEquals(left, keys().size(), "it may still be under way");
            releases.prune(1, NEXT_DAY);
            assertEquals(List.of(), keys());
            assertEquals(Optional.empty(), releases.current());
        }
    }
}
