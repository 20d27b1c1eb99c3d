package smew.columns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

/** Whatever a file says of itself, it is refused when it is opened, or can be read to its end: memory beside it is never touched. */
class DamagedFileTest {

    private static final int ROWS = 20;

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("t.arrow");
        ArrowFile.write(file, RandomRows.table(ROWS, 1), Map.of("smew.release", "abc"));
        whole = Files.readAllBytes(file);
    }

    private void refused(byte[] bytes, String because) throws IOException {
        Files.write(file, bytes);
        for (Supplier<Object> opening : List.<Supplier<Object>>of(
                () -> ArrowFile.map(file), () -> ArrowFile.read(file), () -> ArrowFile.metadata(file))) {
            SmewException refused = assertThrows(SmewException.class, opening::get);
            assertEquals(Fault.DATA, refused.fault());
            assertTrue(refused.getMessage().contains("t.arrow: it is damaged ("), refused.getMessage());
            assertTrue(refused.getMessage().contains(because), refused.getMessage());
        }
    }

    /** Refused as DATA, or read to the end. */
    private boolean survives(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        MappedTable mapped;
        try {
            mapped = ArrowFile.map(file);
        } catch (SmewException refused) {
            assertEquals(Fault.DATA, refused.fault());
            assertEquals(
                    Fault.DATA,
                    assertThrows(SmewException.class, () -> ArrowFile.read(file))
                            .fault());
            return false;
        }
        Table picked = mapped.pick(RandomRows.rows(mapped.rows()));
        assertEquals(picked.rows(), ArrowFile.read(file).rows());
        return true;
    }

    @Test
    void aFileThatEndsAnywhereIsRefused() throws IOException {
        for (int length = 0; length < whole.length; length += 7) {
            refused(Arrays.copyOf(whole, length), "");
        }
    }

    /** An end that looks right does not make up for what is missing before it. */
    @Test
    void aFileThatLacksAPieceInItsMiddleIsRefusedOrRead() throws IOException {
        int refusals = 0;
        for (int from = 8; from < footer(); from += 8) {
            byte[] cut = new byte[whole.length - from];
            System.arraycopy(whole, 0, cut, 0, 8);
            System.arraycopy(whole, from + 8, cut, 8, cut.length - 8);
            refusals += survives(cut) ? 0 : 1;
        }
        assertTrue(refusals > 100, refusals + " refusals");
    }

    @Test
    void oneByteOfTheFooterOrOfAHeadMayBeAnything() throws IOException {
        int batch = indexOf(new byte[] {-1, -1, -1, -1}, 16);
        int refusals = 0;
        int damages = 0;
        for (int at = batch; at < whole.length; at++) {
            boolean isHead = at < batch + 2000 || at >= footer();
            if (isHead) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) new int[] {0x01, 0x80, 0xff}[at % 3];
                refusals += survives(damaged) ? 0 : 1;
                damages++;
            }
        }
        assertTrue(refusals > damages / 10, refusals + " refusals of " + damages);
    }

    @Test
    void manyBytesMayBeAnything() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            int from = round % 2 == 0 ? footer() : 8;
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int at = random.nextInt(from, damaged.length - 10);
                byte[] written = ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(random.nextBoolean() ? random.nextInt() : random.nextInt(-8, 1000))
                        .array();
                System.arraycopy(written, 0, damaged, at, 4);
            }
            survives(damaged);
        }
    }

    @Test
    void aTextThatEndsBeyondTheFileOrBeforeItBeginsIsRefused() throws IOException {
        String[] words = {"first", "second"};
        ArrowFile.write(
                file, new Table(List.of(new Column.Texts("t", new int[] {0, 1}, words, new BitSet())), 2), Map.of());
        whole = Files.readAllBytes(file);
        int ends = indexOf(new byte[] {5, 0, 0, 0, 11, 0, 0, 0}, 0);
        for (int end : new int[] {12, 4, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            byte[] damaged = whole.clone();
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(ends + 4, end);
            refusedUnlessOnlyNamed(damaged, "a text ends at " + end);
        }
    }

    private void refusedUnlessOnlyNamed(byte[] damaged, String because) throws IOException {
        Files.write(file, damaged);
        for (Supplier<Object> opening :
                List.<Supplier<Object>>of(() -> ArrowFile.map(file), () -> ArrowFile.read(file))) {
            SmewException refused = assertThrows(SmewException.class, opening::get);
            assertEquals(Fault.DATA, refused.fault());
            assertTrue(refused.getMessage().contains(because), refused.getMessage());
        }
    }

    @Test
    void aBatchThatLiesBeyondTheFileIsRefused() throws IOException {
        long at;
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            FileLayout layout = FileLayout.of(channel.map(MapMode.READ_ONLY, 0, whole.length, arena));
            at = layout.batches().getFirst().values()[0];
        }
        assertTrue(at > 0 && at < whole.length);
        // Blocks of a footer: where the head of a batch lies, how long that is, how long its body.
        int block = indexOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(indexOf(new byte[] {-1, -1, -1, -1}, 16))
                        .array(),
                footer());
        for (long place : new long[] {whole.length, Long.MAX_VALUE, -8, Long.MIN_VALUE}) {
            byte[] damaged = whole.clone();
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(block, place);
            refused(damaged, "lies at " + place);
        }
        byte[] damaged = whole.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(block + 16, Long.MAX_VALUE);
        refused(damaged, Long.MAX_VALUE + " bytes long");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        refused("id,amount\n1,2\n1,2\n1,2\n1,2\n1,2\n".getBytes(StandardCharsets.UTF_8), "cut off");
        refused(new byte[1000], "cut off");
    }

    @Test
    void aBufferThatIsTooShortForItsRowsIsRefused() throws IOException {
        // Of the first column: 20 longs.
        int length = indexOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(ROWS * 8L)
                        .array(),
                16);
        for (int bytes : new int[] {0, ROWS * 8 - 1}) {
            byte[] damaged = whole.clone();
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(length, bytes);
            Files.write(file, damaged);
            SmewException refused = assertThrows(SmewException.class, () -> ArrowFile.map(file));
            assertTrue(refused.getMessage().contains(bytes + " bytes, expected 160"), refused.getMessage());
        }
    }

    private int footer() {
        int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 10);
        return whole.length - 10 - length;
    }

    private int indexOf(byte[] wanted, int from) {
        for (int at = from; at <= whole.length - wanted.length; at++) {
            if (Arrays.equals(whole, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
