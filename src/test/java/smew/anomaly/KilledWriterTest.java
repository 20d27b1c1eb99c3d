package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.anomaly.Halt.How;

/** A writer that dies as by kill -9 at each moment around publishing: readers see all of the old release or all of the new. */
class KilledWriterTest {

    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    @TempDir
    static Path classes;

    @BeforeAll
    static void weave() throws IOException {
        WovenSmew.weave(classes, classes);
    }

    @Test
    void aRunKilledAtAnyStepOfPublishingLosesNothing() throws Exception {
        SmallProject project = SmallProject.in(folder);
        Witness witness = new Witness(project, folder.resolve("out"));
        assertEquals(0, kill(NEVER, "run"));
        List<String> seen = new ArrayList<>();
        int ended = Halt.CODE;
        for (int step = 1; ended == Halt.CODE; step++) {
            int old = witness.lowestAmount();
            int young = 1000 + step * 200;
            project.loans("next.csv", young);
            String next = "loans=" + folder.resolve("next.csv");
            ended = kill(step, "run", "--set", next);
            int current = witness.lowestAmount();
            assertTrue(current == old || current == young, "neither " + old + " nor " + young + ": " + current);
            seen.add(current == old ? "old" : "new");
        }
        assertEquals(0, ended);
        // Old staging, manifest, folder, warehouse, CURRENT aside, CURRENT: before these the old release is seen. Then
        // the
        // new one, whether its staging is cleared or not, and whether the record of the run is kept or not.
        assertEquals(List.of("old", "old", "old", "old", "old", "old", "new", "new", "new"), seen);
    }

    @Test
    void aRollbackKilledAtAnyStepLosesNothing() throws Exception {
        SmallProject project = SmallProject.in(folder);
        Witness witness = new Witness(project, folder.resolve("out"));
        assertEquals(0, project.smew("run").code());
        String first = project.text("out/CURRENT").strip();
        int ended = Halt.CODE;
        for (int step = 1; ended == Halt.CODE; step++) {
            project.loans("loans.csv", 2000);
            assertEquals(0, project.smew("run").code());
            ended = kill(step, "rollback", first);
            int current = witness.lowestAmount();
            assertTrue(current == 1000 || current == 2000, "found " + current);
        }
        assertEquals(0, ended);
        assertEquals(1000, witness.lowestAmount());
    }

    private int kill(int step, String... arguments) throws IOException, InterruptedException {
        Process process = new WovenSmew(classes, folder).start(step, How.DIE, arguments);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends within a minute");
        return process.exitValue();
    }
}
