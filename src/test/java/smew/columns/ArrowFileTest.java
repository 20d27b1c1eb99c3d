package smew.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

class ArrowFileTest {

    /** More than one record batch, so that batches are joined. */
    private static final int ROWS = 70_001;

    @TempDir
    Path folder;

    @Test
    void returnsEveryTypeAndNullAsWritten() throws IOException {
        Table table = table(ROWS);
        Path file = folder.resolve("t.arrow");
        ArrowFile.write(file, table, Map.of("smew.release", "abc"));

        Table read = ArrowFile.read(file);

        assertEquals(table.names(), read.names());
        assertEquals(ROWS, read.rows());
        for (int i = 0; i < table.columns().size(); i++) {
            assertEquals(table.columns().get(i).nulls(), read.columns().get(i).nulls());
        }
        for (int row = 1; row < ROWS; row++) {
            assertEquals(row - 5L, ((Column.Integers) column(read, "i")).values()[row]);
            assertEquals(row / 3.0, ((Column.Doubles) column(read, "d")).values()[row]);
            assertEquals(row % 2 == 0, ((Column.Booleans) column(read, "b")).values()[row]);
            Column.Texts texts = (Column.Texts) column(read, "t");
            assertEquals("wörd " + row % 7, texts.dictionary()[texts.codes()[row]]);
            assertEquals(row - 100, ((Column.Dates) column(read, "day")).epochDays()[row]);
            assertEquals(row * 1_000_003L, ((Column.Timestamps) column(read, "at")).epochMicros()[row]);
        }
        assertEquals(Map.of("smew.release", "abc"), ArrowFile.metadata(file));
    }

    @Test
    void writesTheSameBytesForTheSameTable() throws IOException {
        Path first = folder.resolve("first.arrow");
        Path second = folder.resolve("second.arrow");
        ArrowFile.write(first, table(500), Map.of("b", "2", "a", "1"));
        ArrowFile.write(second, table(500), Map.of("a", "1", "b", "2"));
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    }

    @Test
    void keepsATableWithoutRows() throws IOException {
        Path file = folder.resolve("empty.arrow");
        ArrowFile.write(file, table(0), Map.of());
        assertEquals(0, ArrowFile.read(file).rows());
        assertEquals(6, ArrowFile.read(file).columns().size());
    }

    @Test
    void saysThatATruncatedFileIsDamaged() throws IOException {
        Path file = folder.resolve("cut.arrow");
        ArrowFile.write(file, table(500), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        SmewException failed = assertThrows(SmewException.class, () -> ArrowFile.read(file));
        assertEquals(Fault.DATA, failed.fault());
        assertTrue(failed.getMessage().contains("cut.arrow: it is damaged"), failed.getMessage());
    }

    @Test
    void saysThatAFileIsMissing() {
        SmewException failed = assertThrows(SmewException.class, () -> ArrowFile.read(folder.resolve("absent.arrow")));
        assertEquals(Fault.NOT_FOUND, failed.fault());
    }

    private static Column column(Table table, String name) {
        return table.column(name).orElseThrow();
    }

    /** Every type; row 0 is null everywhere. */
    private static Table table(int rows) {
        long[] integers = new long[rows];
        double[] doubles = new double[rows];
        boolean[] booleans = new boolean[rows];
        int[] codes = new int[rows];
        int[] days = new int[rows];
        long[] micros = new long[rows];
        BitSet nulls = new BitSet();
        for (int row = 0; row < rows; row++) {
            integers[row] = row - 5;
            doubles[row] = row / 3.0;
            booleans[row] = row % 2 == 0;
            codes[row] = row % 7;
            days[row] = row - 100;
            micros[row] = row * 1_000_003L;
        }
        if (rows > 0) {
            nulls.set(0);
            codes[0] = -1;
        }
        String[] words = new String[7];
        for (int code = 0; code < words.length; code++) {
            words[code] = "wörd " + code;
        }
        return new Table(
                List.of(
                        new Column.Integers("i", integers, nulls),
                        new Column.Doubles("d", doubles, nulls),
                        new Column.Booleans("b", booleans, nulls),
                        new Column.Texts("t", codes, words, nulls),
                        new Column.Dates("day", days, nulls),
                        new Column.Timestamps("at", micros, false, nulls)),
                rows);
    }
}
