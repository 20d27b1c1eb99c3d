package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.anomaly.Halt.How;
import smew.app.Console.Outcome;

/** Two runs on one store: each publishes a whole release, or says that the other was there first. */
class TwoWritersTest {

    /** More changes than any run makes: nothing happens. */
    private static final int NEVER = 1_000_000;

    @TempDir
    Path folder;

    @TempDir
    Path classes;

    private SmallProject project;
    private WovenSmew smew;

    @BeforeEach
    void release() throws Exception {
        project = SmallProject.in(folder);
        assertEquals(0, project.smew("run").code());
        smew = WovenSmew.weave(classes, folder);
    }

    @Test
    void whileARunPublishesOthersAreToldToWaitAndReadersReadOn() throws Exception {
        Witness witness = new Witness(project, folder.resolve("out"));
        String before = project.text("out/CURRENT").strip();
        project.loans("loans.csv", 2000);
        Process writer = smew.start(1, How.WAIT, "run");
        try (BufferedReader said = writer.inputReader()) {
            assertEquals("waiting", said.readLine());
            for (List<String> other : List.of(List.of("run"), List.of("check"), List.of("rollback", before))) {
                Outcome refused = project.smew(other.toArray(String[]::new));
                assertEquals(5, refused.code(), refused.err());
                assertTrue(refused.err().contains("another run is writing to it"), refused.err());
                assertFalse(refused.err().contains("\tat "), refused.err());
            }
            assertEquals(1000, witness.lowestAmount());
            writer.getOutputStream().write('\n');
            writer.getOutputStream().flush();
            assertTrue(said.lines().toList().getFirst().startsWith("release "));
            assertEquals(0, writer.waitFor());
        }
        assertEquals(2000, witness.lowestAmount());
    }

    @Test
    void twoRunsAtOnceNeverMix() throws Exception {
        Witness witness = new Witness(project, folder.resolve("out"));
        List<Process> writers = new ArrayList<>();
        for (int lowest : new int[] {2000, 3000}) {
            project.loans(lowest + ".csv", lowest);
            writers.add(smew.start(NEVER, How.DIE, "run", "--set", "loans=" + folder.resolve(lowest + ".csv")));
        }
        int published = 0;
        for (Process writer : writers) {
            assertTrue(writer.waitFor(60, TimeUnit.SECONDS), "it ends within a minute");
            assertTrue(writer.exitValue() == 0 || writer.exitValue() == 5, "ended with " + writer.exitValue());
            published += writer.exitValue() == 0 ? 1 : 0;
        }
        assertTrue(published > 0, "one of them was first");
        assertEquals(1 + published, folder.resolve("out/releases").toFile().list().length);
        int current = witness.lowestAmount();
        assertTrue(current == 2000 || current == 3000, "found " + current);
        assertNull(folder.resolve("out/.staging").toFile().list());
        assertTrue(Files.exists(folder.resolve("out/CURRENT")));
    }
}
