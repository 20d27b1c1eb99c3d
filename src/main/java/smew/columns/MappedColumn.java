package smew.columns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * One column of an Arrow file that stays where it is: values are read when somebody asks for them. Safe for any number of threads. Who
 * has such a column keeps the file mapped.
 */
public abstract sealed class MappedColumn permits MappedValues, MappedTexts {

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    final String name;
    final Stored stored;
    final MemorySegment file;
    final BatchStarts batches;
    final long[] validity;
    final long[] values;

    MappedColumn(FileLayout.Named named, int column, MemorySegment file, FileLayout layout, BatchStarts batches) {
        this.name = named.name();
        this.stored = named.stored();
        this.file = file;
        this.batches = batches;
        this.validity = places(layout, batch -> batch.validity()[column]);
        this.values = places(layout, batch -> batch.values()[column]);
    }

    static long[] places(FileLayout layout, ToLongFunction<FileLayout.Batch> place) {
        return layout.batches().stream().mapToLong(place).toArray();
    }

    public final String name() {
        return name;
    }

    public final boolean isNull(int row) {
        int batch = batches.of(row);
        long bits = validity[batch];
        return bits != FileLayout.NO_NULL && (bits == FileLayout.ALL_NULL || !bit(bits, row - batches.start(batch)));
    }

    /** One bit of a row of bits. */
    final boolean bit(long at, int index) {
        return (file.get(ValueLayout.JAVA_BYTE, at + (index >> 3)) >> (index & 7) & 1) != 0;
    }

    /** A column of this name and type without rows. */
    public final Column none() {
        return stored.none(name);
    }

    /** Copies some of the rows, in the order given. */
    public abstract Column pick(int... rows);

    /** Copies all of them, on all processors. */
    abstract Column read();

    final BitSet nulls(int... rows) {
        BitSet nulls = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            if (isNull(rows[i])) {
                nulls.set(i);
            }
        }
        return nulls;
    }

    /** Of all rows, sixty-four at a time. */
    final BitSet nulls() {
        if (Arrays.stream(validity).allMatch(bits -> bits == FileLayout.NO_NULL)) {
            return new BitSet();
        }
        long[] words = new long[batches.rows() / Long.SIZE + 2];
        for (int batch = 0; batch < batches.count(); batch++) {
            int start = batches.start(batch);
            int rows = batches.rows(batch);
            for (int row = 0; validity[batch] != FileLayout.NO_NULL && row < rows; row += Long.SIZE) {
                long absent = absent(validity[batch], row);
                int left = rows - row;
                absent &= left < Long.SIZE ? (1L << left) - 1 : -1;
                int to = start + row;
                words[to >> 6] |= absent << to;
                if ((to & 63) != 0) {
                    words[(to >> 6) + 1] |= absent >>> -to;
                }
            }
        }
        return BitSet.valueOf(words);
    }

    /** The bits of 64 rows at most: more may follow, for the file goes on behind its batches. */
    private long absent(long bits, int row) {
        return bits == FileLayout.ALL_NULL ? -1 : ~file.get(LONG, bits + (row >> 3));
    }

    /** The batches, for several threads to share. */
    final IntStream shared() {
        return IntStream.range(0, batches.count()).parallel();
    }
}
