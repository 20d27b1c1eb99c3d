package smew.serve;

import org.jspecify.annotations.Nullable;

/**
 * JSON of predictions for the rows of one online table as it was written the first time: a release never changes, and neither does what
 * it says of a row. Each row has one place, where another row may follow it, so that memory is bounded whatever the table holds. Safe
 * for any number of threads: what is kept is immutable, and who misses it writes it again.
 */
final class WrittenRows {

    private static final long MOST_BYTES = 64 << 20;

    /** At most this share of the heap, for those who give little of it. */
    private static final int HEAP_SHARE = 16;

    /** What an entry takes beside its text, in bytes. */
    private static final int ENTRY_BYTES = 48;

    private final int rows;
    private final long bytes;
    private @Nullable Written @Nullable [] places;

    private record Written(int row, byte[] json) {}

    /** Knows nothing yet, and takes no memory until then. */
    WrittenRows(int rows) {
        this(rows, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /**
     * The same within other limits.
     *
     * @param bytes of memory at most
     */
    WrittenRows(int rows, long bytes) {
        this.rows = rows;
        this.bytes = bytes;
    }

    /** What was written for a row; null where it has to be written. */
    byte @Nullable [] of(int row) {
        @Nullable Written[] known = places;
        if (known == null) {
            return null;
        }
        Written written = known[row & (known.length - 1)];
        return written != null && written.row == row ? written.json : null;
    }

    /** Keeps the text of a row where there is room for one of its length. The array must not change any more. */
    void keep(int row, byte[] json) {
        long size = (long) json.length + ENTRY_BYTES;
        @Nullable Written[] kept = places;
        if (kept == null) {
            kept = new Written[(int) Math.min(upTo(bytes / size), enough(rows))];
            places = kept;
        }
        if (size * kept.length <= bytes) {
            kept[row & (kept.length - 1)] = new Written(row, json);
        }
    }

    /** The power of two below or at a number. */
    private static long upTo(long most) {
        return Long.highestOneBit(Math.max(1, most));
    }

    /** The power of two above or at a number. */
    private static long enough(int rows) {
        return rows <= 1 ? 1 : 2L * Integer.highestOneBit(rows - 1);
    }
}
