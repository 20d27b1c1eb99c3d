package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;

/** Stores that cannot be written to. Those on a disk of their own need the right to mount, and are skipped without. */
class StoreTroubleTest {

    @TempDir
    Path folder;

    private SmallProject project;
    private Path disk;

    @BeforeEach
    void write() throws IOException {
        project = SmallProject.in(folder);
        disk = Files.createDirectory(folder.resolve("disk"));
    }

    @AfterEach
    void unmount() throws Exception {
        command("umount", disk.toString());
    }

    @Test
    void aStoreThatIsAFileIsRefused() {
        project.write("file", "no folder");
        Outcome run = project.smew("run", "--store", "file");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("it is a file, expected a folder"), run.err());
        assertEquals("no folder", project.text("file"));
    }

    @Test
    void aStoreThatNobodyMayCreateIsRefusedBeforeAnyWork() {
        project.write("file", "no folder");
        Outcome run = project.smew("run", "--store", "file/below");
        refused(run);
        assertFalse(run.err().contains("features history"), run.err());
    }

    @Test
    void aReadOnlyStoreIsReadOnAndNotWrittenTo() throws Exception {
        mount("size=20m");
        assertEquals(0, project.smew("run", "--store", "disk").code());
        assumeTrue(command("mount", "-o", "remount,ro", disk.toString()) == 0, "this user cannot remount");
        project.loans("loans.csv", 2000);
        refused(project.smew("run", "--store", "disk"));
        assertEquals(1000, new Witness(project, disk).lowestAmount());
    }

    @Test
    void aStoreThatFillsUpAtAnyMomentKeepsItsRelease() throws Exception {
        mount("size=20m");
        assertEquals(0, project.smew("run", "--store", "disk").code());
        Witness witness = new Witness(project, disk);
        long free = Files.getFileStore(disk).getUsableSpace();
        project.loans("loans.csv", 2000);
        int refused = 0;
        // From no space at all to enough: the disk fills up while files, warehouse, manifest and CURRENT are written.
        for (long left = 0; witness.lowestAmount() == 1000; left += left < 65_536 ? 8_192 : 131_072) {
            Path filler = disk.resolve("filler");
            Files.write(filler, new byte[(int) (free - left)]);
            Outcome run = project.smew("run", "--store", "disk");
            if (run.code() != 0) {
                refused(run);
                refused++;
            }
            Files.delete(filler);
        }
        assertEquals(2000, witness.lowestAmount());
        assertTrue(refused > 3, "it filled up " + refused + " times");
    }

    private void refused(Outcome run) {
        assertEquals(6, run.code(), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertTrue(run.err().contains("space") || run.err().contains("writable"), run.err());
        assertEquals("", run.out());
    }

    private void mount(String size) throws Exception {
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.toString()) == 0, "this user cannot mount");
    }

    private static int command(String... line) throws Exception {
        try {
            return new ProcessBuilder(List.of(line))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            return 127;
        }
    }
}
