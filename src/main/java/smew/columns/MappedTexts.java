package smew.columns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Texts in an Arrow file that is mapped, as the UTF-8 bytes that they are there. */
public final class MappedTexts extends MappedColumn {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    /** Batches whose different texts are gathered at once: they take as much memory as they hold of them. */
    private static final int GATHERED = 4 * Runtime.getRuntime().availableProcessors();

    private final long[] texts;

    MappedTexts(FileLayout.Named named, int column, MemorySegment file, FileLayout layout, BatchStarts batches) {
        super(named, column, file, layout, batches);
        this.texts = places(layout, batch -> batch.texts()[column]);
        long[] bytes = places(layout, batch -> batch.textBytes()[column]);
        shared().forEach(batch -> checkEnds(batch, bytes[batch]));
    }

    /** Whoever reads a text does not look whether it ends where it may. */
    private void checkEnds(int batch, long bytes) {
        int before = 0;
        for (int i = 0; i <= batches.rows(batch); i++) {
            int end = end(batch, i);
            if (end < before || end > bytes) {
                throw new IllegalArgumentException("a text ends at " + end + " of " + bytes + " bytes");
            }
            before = end;
        }
    }

    private int end(int batch, int index) {
        return file.get(FileLayout.INT, values[batch] + 4L * index);
    }

    /** A hash of a row's text, which must not be null; that of its bytes by themselves. */
    public long hash(int row) {
        int batch = batches.of(row);
        int index = row - batches.start(batch);
        int from = end(batch, index);
        long at = texts[batch] + from;
        long left = (long) end(batch, index + 1) - from;
        long hash = left;
        for (; left >= Long.BYTES; left -= Long.BYTES, at += Long.BYTES) {
            hash = mixed(hash, file.get(LONG, at));
        }
        long last = 0;
        for (long i = left - 1; i >= 0; i--) {
            last = last << Byte.SIZE | (file.get(ValueLayout.JAVA_BYTE, at + i) & 0xff);
        }
        return mixed(hash, last);
    }

    /** The same of a text outside of the file. */
    public static long hash(byte[] utf8) {
        long hash = utf8.length;
        int at = 0;
        for (; utf8.length - at >= Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash, (long) LONGS.get(utf8, at));
        }
        long last = 0;
        for (int i = utf8.length - 1; i >= at; i--) {
            last = last << Byte.SIZE | (utf8[i] & 0xff);
        }
        return mixed(hash, last);
    }

    private static long mixed(long hash, long bits) {
        long product = (hash ^ bits) * FACTOR;
        return product ^ product >>> 32;
    }

    /** Whether a row that is not null holds this text. */
    public boolean is(int row, byte[] utf8) {
        return same(row, MemorySegment.ofArray(utf8), 0, utf8.length);
    }

    /** Whether two rows that are not null hold the same text. */
    public boolean same(int row, int other) {
        int batch = batches.of(other);
        int index = other - batches.start(batch);
        int from = end(batch, index);
        return same(row, file, texts[batch] + from, end(batch, index + 1) - from);
    }

    private boolean same(int row, MemorySegment other, long at, int length) {
        int batch = batches.of(row);
        int index = row - batches.start(batch);
        int from = end(batch, index);
        int to = end(batch, index + 1);
        return to - from == length
                && MemorySegment.mismatch(file, texts[batch] + from, texts[batch] + to, other, at, at + length) < 0;
    }

    private byte[] bytes(int row) {
        int batch = batches.of(row);
        int index = row - batches.start(batch);
        int from = end(batch, index);
        byte[] bytes = new byte[end(batch, index + 1) - from];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, texts[batch] + from, bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public Column pick(int... rows) {
        int[] codes = new int[rows.length];
        if (rows.length == 1) {
            boolean isNull = isNull(rows[0]);
            codes[0] = isNull ? -1 : 0;
            String[] only = isNull ? new String[0] : new String[] {new String(bytes(rows[0]), StandardCharsets.UTF_8)};
            return new Column.Texts(name, codes, only, nulls(rows));
        }
        TextDictionary dictionary = new TextDictionary();
        for (int i = 0; i < rows.length; i++) {
            codes[i] = isNull(rows[i]) ? -1 : dictionary.code(bytes(rows[i]));
        }
        return new Column.Texts(name, codes, dictionary.texts(), nulls(rows));
    }

    /** Texts keep the order in which they come first, however many threads look for them: each batch is numbered by itself. */
    @Override
    Column read() {
        int[] codes = new int[batches.rows()];
        TextDictionary all = new TextDictionary();
        for (int from = 0; from < batches.count(); from += GATHERED) {
            int first = from;
            TextDictionary[] each = IntStream.range(from, Math.min(batches.count(), from + GATHERED))
                    .parallel()
                    .mapToObj(batch -> number(batch, codes))
                    .toArray(TextDictionary[]::new);
            int[][] numbers = Arrays.stream(each).map(all::codes).toArray(int[][]::new);
            IntStream.range(0, each.length).parallel().forEach(i -> renumber(first + i, codes, numbers[i]));
        }
        return new Column.Texts(name, codes, all.texts(), nulls());
    }

    /** Writes which of its own texts each row of a batch holds. */
    private TextDictionary number(int batch, int[] codes) {
        TextDictionary dictionary = new TextDictionary();
        int rows = batches.rows(batch);
        int[] ends = new int[rows + 1];
        MemorySegment.copy(file, FileLayout.INT, values[batch], ends, 0, ends.length);
        byte[] bytes = new byte[ends[rows] - ends[0]];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, texts[batch] + ends[0], bytes, 0, bytes.length);
        int start = batches.start(batch);
        for (int i = 0; i < rows; i++) {
            codes[start + i] =
                    isNull(start + i) ? -1 : dictionary.code(bytes, ends[i] - ends[0], ends[i + 1] - ends[0]);
        }
        return dictionary;
    }

    private void renumber(int batch, int[] codes, int[] numbers) {
        int start = batches.start(batch);
        for (int i = start; i < start + batches.rows(batch); i++) {
            codes[i] = codes[i] < 0 ? -1 : numbers[codes[i]];
        }
    }
}
