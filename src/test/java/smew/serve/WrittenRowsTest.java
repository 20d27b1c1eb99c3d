package smew.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WrittenRowsTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void knowsEachRowOfASmallTableOnceItWasWritten() {
        WrittenRows written = new WrittenRows(1_000, MEGABYTE);
        assertNull(written.of(7));
        for (int row = 0; row < 1_000; row++) {
            written.keep(row, text(row));
        }
        for (int row = 0; row < 1_000; row++) {
            assertArrayEquals(text(row), written.of(row));
        }
    }

    @Test
    void neverTakesOneRowForAnotherThatHasItsPlace() {
        WrittenRows written = new WrittenRows(1_000_000, 4_096);
        for (int row = 0; row < 1_000_000; row += 97) {
            assertNull(written.of(row));
            written.keep(row, text(row));
            assertArrayEquals(text(row), written.of(row));
        }
    }

    @Test
    void keepsWithinItsMemoryWhateverTheTableHolds() {
        WrittenRows written = new WrittenRows(100_000, MEGABYTE);
        IntStream.range(0, 100_000).forEach(row -> written.keep(row, new byte[100 + row % 400]));
        long bytes = IntStream.range(0, 100_000)
                .mapToObj(written::of)
                .filter(text -> text != null)
                .mapToLong(text -> text.length)
                .sum();
        assertTrue(bytes > MEGABYTE / 8 && bytes <= MEGABYTE, bytes + " bytes are kept");
    }

    @Test
    void leavesOutWhatIsLongerThanItsShare() {
        WrittenRows written = new WrittenRows(64, 64 * 200);
        written.keep(0, new byte[100]);
        written.keep(1, new byte[1_000]);
        assertEquals(100, written.of(0).length);
        assertNull(written.of(1));
    }

    private static byte[] text(int row) {
        return ("{\"id\":" + row + "}").getBytes(StandardCharsets.UTF_8);
    }
}
