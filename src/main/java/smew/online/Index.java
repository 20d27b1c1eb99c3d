package smew.online;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * From key to row: a hash table of row numbers alone, six bytes an entity. The keys stay in their columns, where a look-up compares
 * them. Read-only once built, so any thread may look up.
 */
final class Index {

    static final int UNKNOWN = -1;

    static final int MALFORMED = -2;

    /** Rows that a thread indexes before it asks for more. */
    private static final int CHUNK_ROWS = 1 << 16;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

    private final Keys keys;

    /** A row and one, or 0 where the slot is free. One third of them always is. */
    private final int[] slots;

    private final int complete;
    private final int size;

    private Index(Keys keys, int rows) {
        this.keys = keys;
        this.slots = new int[Math.toIntExact(rows + rows / 2L + 1)];
        int chunks = rows / CHUNK_ROWS + 1;
        long[] counts = IntStream.range(0, chunks)
                .parallel()
                .mapToObj(chunk -> add(chunk * CHUNK_ROWS, Math.min(rows, (chunk + 1L) * CHUNK_ROWS)))
                .reduce(new long[2], (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
        this.complete = (int) counts[0];
        this.size = (int) counts[1];
    }

    /** Indexes the rows whose key is complete. Of a key given twice one row stays; {@link #size} tells. */
    static Index of(Keys keys, int rows) {
        return new Index(keys, rows);
    }

    /** How many different keys there are. */
    int size() {
        return size;
    }

    /** How many rows have a key without a null. */
    int complete() {
        return complete;
    }

    private long[] add(int from, long to) {
        long[] counts = new long[2];
        for (int row = from; row < to; row++) {
            if (keys.isComplete(row)) {
                counts[0]++;
                counts[1] += add(row) ? 1 : 0;
            }
        }
        return counts;
    }

    /** Several threads add: who finds a slot taken in the meantime looks at who took it. */
    private boolean add(int row) {
        int slot = slot(keys.hash(row));
        while (true) {
            int there = (int) SLOT.compareAndExchange(slots, slot, 0, row + 1);
            if (there == 0) {
                return true;
            }
            if (keys.same(there - 1, row)) {
                return false;
            }
            slot = next(slot);
        }
    }

    /** Where to look first. */
    int slot(long hash) {
        return (int) Math.unsignedMultiplyHigh(hash, slots.length);
    }

    /** Where to look when another key was there. */
    int next(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** The row that is there, {@link #UNKNOWN} where there is none: nothing that was looked for lies behind. */
    int row(int slot) {
        return slots[slot] - 1;
    }

    /** The row of a key given as one text per key column, {@link #UNKNOWN} or {@link #MALFORMED}. */
    int find(List<String> parts) {
        int row = keys.find(this, parts);
        if (row != UNKNOWN || !hasUuid(parts)) {
            return row;
        }
        // A UUID is the same in either case, but a text column keeps the one it came in: DuckDB's own is the lower one.
        row = keys.find(this, uuids(parts, text -> text.toLowerCase(Locale.ROOT)));
        return row == UNKNOWN ? keys.find(this, uuids(parts, text -> text.toUpperCase(Locale.ROOT))) : row;
    }

    private boolean hasUuid(List<String> parts) {
        return IntStream.range(0, parts.size()).anyMatch(part -> isUuid(parts, part));
    }

    private boolean isUuid(List<String> parts, int part) {
        return keys.isText(part) && Key.isUuid(parts.get(part));
    }

    /** The same parts with the UUIDs among them written another way. */
    private List<String> uuids(List<String> parts, UnaryOperator<String> written) {
        return IntStream.range(0, parts.size())
                .mapToObj(part -> isUuid(parts, part) ? written.apply(parts.get(part)) : parts.get(part))
                .toList();
    }

    /** The same of a key that is one integer; {@link #MALFORMED} where it is none. */
    int find(long id) {
        return keys.find(this, id);
    }
}
