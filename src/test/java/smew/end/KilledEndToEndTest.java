package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import smew.end.SmewJar.Outcome;
import smew.end.SmewJar.Running;

/** The JAR under kill -9 at moments that a seed chooses, wherever they fall in a run. */
@DisabledOnOs(OS.WINDOWS)
class KilledEndToEndTest {

    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private SmewJar smew;

    @BeforeEach
    void write() throws IOException {
        smew = SmewJar.in(folder, logs);
        write("sql/sources/sales.sql", """
                -- @input sales = sales.csv
                SELECT * FROM read_csv(getvariable('sales'), header = true)
                """);
        write("sql/features/history.sql", "-- @entity id\n-- @time day\nSELECT * FROM sales\n");
        write(
                "sql/models/value.sql",
                "-- @label amount\n-- @algorithm decision-tree\nSELECT *, id % 9 AS shelf FROM history\n");
    }

    @Test
    void aKilledRunLeavesAWholeReleaseAndTheNextOneSucceeds() throws Exception {
        sales(1000);
        long start = System.nanoTime();
        Outcome first = smew.run("run");
        assertEquals(0, first.code(), first.err());
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Random moments = new Random(42);
        int old = 1000;
        List<String> seen = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            int young = 1000 + kill * 1000;
            sales(young);
            Running run = smew.start("run");
            // From the middle on: before that, Java is still starting.
            run.process().waitFor(whole / 2 + moments.nextLong(whole / 2), TimeUnit.MILLISECONDS);
            run.process().destroyForcibly().waitFor();
            int current = lowest();
            assertTrue(current == old || current == young, "neither " + old + " nor " + young + ": " + current);
            seen.add(current == old ? "old" : "new");
            old = current;
        }
        sales(9000);
        Outcome healed = smew.run("run");
        assertEquals(0, healed.code(), healed.err());
        assertEquals(9000, lowest(), "after " + seen);
        assertTrue(Files.notExists(folder.resolve("out/.staging")));
    }

    /** The lowest amount in the warehouse, after it was seen to be that of the current release. */
    private int lowest() throws IOException {
        Outcome sql = smew.run(
                "sql", "SELECT r.id, floor(min(amount))::INTEGER AS lowest FROM smew_release r, history GROUP BY r.id");
        assertEquals(0, sql.code(), sql.err());
        String[] row = sql.out().lines().toList().getLast().split(",");
        assertEquals(new StoreFiles(folder.resolve("out")).current(), row[0]);
        return Integer.parseInt(row[1]);
    }

    private void sales(int lowest) throws IOException {
        StringBuilder rows = new StringBuilder("id,day,amount\n");
        for (int i = 0; i < 2000; i++) {
            rows.append(
                    String.format(Locale.ROOT, "%d,2020-01-%02d,%d.5\n", i % 200, 1 + i % 28, lowest + i * 7 % 500));
        }
        write("sales.csv", rows.toString());
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
