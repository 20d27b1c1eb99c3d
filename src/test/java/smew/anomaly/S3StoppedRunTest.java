package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import smew.anomaly.SmewProcess.Running;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.Layer.Operation;
import smew.release.ReleaseId;
import smew.release.Releases;

/** Real processes that are ended while they write to S3: asked to end they take back what they sent, killed they lose nothing. */
@DisabledOnOs(OS.WINDOWS)
class S3StoppedRunTest extends OnS3 {

    @TempDir
    Path logs;

    /** Where a run is held until the test lets it go. */
    private record Held(CountDownLatch reached, CountDownLatch go) {}

    @Test
    void aRunThatIsAskedToEndTakesBackWhatItSent() throws Exception {
        SmewProcess smew = smew();
        Running first = smew.start(run());
        assertEquals(0, first.code(), first.complained());
        ReleaseId current = current();
        List<String> before = keys();
        Held held = hold(Operation.PUT, "/model.trees", false);
        Running run = smew.start(run());
        assertTrue(held.reached().await(60, TimeUnit.SECONDS), run.complained());
        run.process().destroy();
        assertEquals(143, run.code(), run.complained());
        held.go().countDown();
        layer.off();
        assertWhole(current, 9);
        assertEquals(before, keys(), run.complained());
        assertNothingLeftHere();
    }

    @Test
    void aRunThatIsKilledBeforeOrAfterCurrentIsWrittenLeavesAWholeRelease() throws Exception {
        SmewProcess smew = smew();
        assertEquals(0, smew.start(run()).code());
        ReleaseId first = current();
        for (boolean done : new boolean[] {false, true}) {
            Held held = hold(Operation.PUT, "/CURRENT", done);
            Running run = smew.start(run());
            assertTrue(held.reached().await(60, TimeUnit.SECONDS), run.complained());
            run.process().destroyForcibly();
            assertEquals(137, run.code());
            held.go().countDown();
            layer.off();
            ReleaseId found = current();
            assertEquals(done, !found.equals(first));
            assertWhole(found, 9);
        }
        try (Releases releases = releases()) {
            // Those that were whole but for CURRENT are releases like others.
            assertEquals(3, releases.list().size());
            assertEquals(
                    2,
                    releases.prune(1, Clock.offset(Clock.systemUTC(), Duration.ofHours(25)))
                            .size());
        }
        assertEquals(1 + 11, keys().size(), keys().toString());
        // The next process deletes what the killed ones left on this machine.
        assertEquals(
                0,
                smew.start("releases", "--store", ADDRESS, "--cache", cache()).code());
        assertNothingLeftHere();
    }

    private Held hold(Operation operation, String end, boolean done) {
        Held held = new Held(new CountDownLatch(1), new CountDownLatch(1));
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (!done && call.is(operation, end)) {
                    stop(held);
                }
            }

            @Override
            public void after(Call call) {
                if (done && call.is(operation, end)) {
                    stop(held);
                }
            }
        });
        return held;
    }

    private static void stop(Held held) {
        held.reached().countDown();
        try {
            assertTrue(held.go().await(60, TimeUnit.SECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        throw Layer.error(500, "InternalError");
    }

    private ReleaseId current() {
        try (Releases releases = releases()) {
            return releases.requireCurrent();
        }
    }

    private String cache() {
        return folder.resolve("cache").toString();
    }

    private String[] run() {
        return new String[] {"run", "--store", ADDRESS, "--cache", cache()};
    }

    private SmewProcess smew() throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        SmallProject.in(project);
        Map<String, String> environment = new HashMap<>(server.environment());
        return new SmewProcess(project, logs, environment);
    }
}
