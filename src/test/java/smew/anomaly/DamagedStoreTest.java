package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;

/** Files of a store that were damaged: commands name the file and the way out, and the way out works. */
class DamagedStoreTest {

    private static final String COUNT = "SELECT count(*) AS rows FROM history";

    @TempDir
    Path folder;

    private SmallProject project;
    private Path out;
    private Path release;
    private String id;

    @BeforeEach
    void release() {
        project = SmallProject.in(folder);
        assertEquals(0, project.smew("run").code());
        out = folder.resolve("out");
        id = project.text("out/CURRENT").strip();
        release = out.resolve("releases").resolve(id);
    }

    @Test
    void aDamagedOrMissingWarehouseIsRebuiltFromTheParquetFiles() throws IOException {
        Path warehouse = out.resolve("warehouse.duckdb");
        byte[] whole = Files.readAllBytes(warehouse);
        for (byte[] damaged : new byte[][] {{}, "rubbish".getBytes(), Arrays.copyOf(whole, whole.length / 2)}) {
            Files.write(warehouse, damaged);
            answers();
        }
        Files.delete(warehouse);
        answers();
    }

    @Test
    void aDamagedParquetFileIsNamedWhereTheWarehouseIsMadeOfIt() throws IOException {
        flip(release.resolve("features/history/part-0.parquet"));
        answers();
        Files.delete(out.resolve("warehouse.duckdb"));
        refuses(4, "history/part-0.parquet: the file is not what was released", "sql", COUNT);
        refuses(4, "history/part-0.parquet: the file is not what was released", "rollback", id);
        healsByRunning();
    }

    @Test
    void aModelWithOneFlippedBitIsNotServed() throws IOException {
        flip(release.resolve("models/risk/model.trees"));
        refuses(4, "models/risk/model.trees: the file is not what was released", "serve", "--port", "0");
        healsByRunning();
    }

    @Test
    void onlineRowsThatAreCutShortAreNotServed() throws IOException {
        Path rows = release.resolve("online/risk.arrow");
        byte[] whole = Files.readAllBytes(rows);
        Files.write(rows, Arrays.copyOf(whole, whole.length - 100));
        refuses(4, "online/risk.arrow: the file is not what was released", "serve", "--port", "0");
        healsByRunning();
    }

    @Test
    void aReleaseWithADamagedManifestIsPassedOverAndOthersAreListed() throws IOException {
        assertEquals(0, project.smew("run").code());
        Files.writeString(release.resolve("release.json"), "{\"id\": ");
        Outcome listed = project.smew("releases");
        assertEquals(0, listed.code(), listed.err());
        assertTrue(listed.out().contains(project.text("out/CURRENT").strip()), listed.out());
        assertFalse(listed.out().contains(id), listed.out());
        assertTrue(listed.err().contains(release.resolve("release.json") + ": it is damaged"), listed.err());
        refuses(4, "release.json: it is damaged", "rollback", id);
        answers();
    }

    @Test
    void aDamagedCurrentIsMendedByRollingBackToAReleaseOfTheList() throws IOException {
        Files.writeString(out.resolve("CURRENT"), "rubbish");
        refuses(4, "found 'rubbish', expected the id of a release", "sql", COUNT);
        refuses(4, "found 'rubbish', expected the id of a release", "serve", "--port", "0");
        Outcome listed = project.smew("releases");
        assertEquals(0, listed.code(), listed.err());
        assertTrue(listed.out().contains(id), listed.out());
        assertTrue(listed.err().contains("found 'rubbish'"), listed.err());
        assertEquals(0, project.smew("rollback", id).code());
        assertEquals(1000, new Witness(project, out).lowestAmount());
    }

    @Test
    void aDamagedCurrentIsMendedByTheNextRun() throws IOException {
        Files.writeString(out.resolve("CURRENT"), "");
        healsByRunning();
    }

    private void answers() {
        Outcome sql = project.smew("sql", COUNT);
        assertEquals(0, sql.code(), sql.err());
        assertEquals("rows\n" + SmallProject.LOANS + "\n", sql.out().replace("\r", ""));
    }

    private void refuses(int code, String says, String... command) {
        Outcome refused = project.smew(command);
        assertEquals(code, refused.code(), refused.err());
        assertTrue(refused.err().replace('\\', '/').contains(says), refused.err());
        assertTrue(refused.err().contains("smew rollback"), refused.err());
        assertFalse(refused.err().contains("\tat "), refused.err());
    }

    private void healsByRunning() {
        project.loans("loans.csv", 3000);
        Outcome run = project.smew("run");
        assertEquals(0, run.code(), run.err());
        assertEquals(3000, new Witness(project, out).lowestAmount());
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
