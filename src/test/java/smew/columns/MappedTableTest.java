package smew.columns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arrow files that stay where they are, against the tables that they were written from. */
class MappedTableTest {

    /** Three record batches. */
    private static final int ROWS = 140_001;

    @TempDir
    Path folder;

    @Test
    void copiesRowsOfEveryTypeAsTheyWereWritten() throws IOException {
        Table table = RandomRows.table(ROWS, 1);
        Path file = folder.resolve("t.arrow");
        ArrowFile.write(file, table, Map.of());
        MappedTable mapped = ArrowFile.map(file);
        assertEquals(ROWS, mapped.rows());
        assertEquals(Files.size(file), mapped.bytes());
        assertEquals(table.names(), mapped.none().names());

        int[] edges = {0, 65_535, 65_536, 131_071, 131_072, ROWS - 1, 0};
        int[] some = new SplittableRandom(2).ints(5000, 0, ROWS).toArray();
        int[] all = IntStream.range(0, ROWS).toArray();
        for (int[] rows : List.of(edges, some, new int[0], all)) {
            RandomRows.assertSame(table.pick(rows), mapped.pick(rows));
        }
        for (int row : edges) {
            RandomRows.assertSame(table.pick(row), mapped.pick(row));
        }
        RandomRows.assertSame(table, ArrowFile.read(file));
    }

    /** A model's levels and the rows of a release depend on it: codes must not follow from which thread came first. */
    @Test
    void numbersTextsInTheOrderInWhichTheyComeFirst() throws IOException {
        Table table = RandomRows.table(ROWS, 3);
        Path file = folder.resolve("t.arrow");
        ArrowFile.write(file, table, Map.of());
        for (Column column : ArrowFile.read(file).columns()) {
            if (column instanceof Column.Texts texts) {
                int next = 0;
                for (int code : texts.codes()) {
                    assertTrue(code <= next, "code " + code + " before " + next);
                    next = Math.max(next, code + 1);
                }
                assertEquals(texts.dictionary().length, next);
            }
        }
    }

    @Test
    void findsTheNewestTimeOverAllBatches() throws IOException {
        long[] micros = IntStream.range(0, ROWS).mapToLong(row -> -10L - row).toArray();
        micros[100_000] = -5;
        BitSet nulls = new BitSet();
        // What stands in the place of a null is zero, and later than any of these.
        nulls.set(100_001);
        Column texts = new Column.Texts("t", new int[ROWS], new String[] {"x"}, new BitSet());
        Path file = folder.resolve("t.arrow");
        ArrowFile.write(
                file, new Table(List.of(new Column.Timestamps("at", micros, false, nulls), texts), ROWS), Map.of());
        MappedTable mapped = ArrowFile.map(file);
        assertEquals(
                -5, ((MappedValues) mapped.column("at").orElseThrow()).newest().orElseThrow());
        assertTrue(mapped.column("other").isEmpty());
    }

    @Test
    void aFileThatIsDeletedIsReadOnUntilNobodyUsesIt() throws IOException {
        Table table = RandomRows.table(1000, 4);
        Path file = folder.resolve("t.arrow");
        ArrowFile.write(file, table, Map.of());
        MappedTable mapped = ArrowFile.map(file);
        Files.delete(file);
        RandomRows.assertSame(table, mapped.pick(IntStream.range(0, 1000).toArray()));
    }

    @Test
    @Timeout(60)
    void theMappingGoesWhenNobodyUsesItAnyMore() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/maps")));
        Path file = folder.resolve("going.arrow");
        ArrowFile.write(file, RandomRows.table(1000, 5), Map.of());
        MappedColumn last = ArrowFile.map(file).column("i").orElseThrow();
        System.gc();
        assertTrue(isMapped(file), "a column holds its file");
        Reference.reachabilityFence(last);
        last = null;
        while (isMapped(file)) {
            System.gc();
        }
        ArrowFile.read(file);
        assertTrue(!isMapped(file), "what is read into memory is not mapped any more");
    }

    private static boolean isMapped(Path file) throws IOException {
        return Files.readString(Path.of("/proc/self/maps"))
                .contains(file.getFileName().toString());
    }
}
