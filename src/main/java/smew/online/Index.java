package smew.online;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import smew.columns.Column;

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

    private final KeyColumns key;

    /** A row and one, or 0 where the slot is free. One third of them always is. */
    private final int[] slots;

    private final int complete;
    private final int size;

    private Index(KeyColumns key, int rows) {
        this.key = key;
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
    static Index of(List<Column> key, int rows) {
        return new Index(new KeyColumns(key), rows);
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
            if (key.isComplete(row)) {
                counts[0]++;
                counts[1] += add(row) ? 1 : 0;
            }
        }
        return counts;
    }

    /** Several threads add: who finds a slot taken in the meantime looks at who took it. */
    private boolean add(int row) {
        int slot = slot(key.hash(row));
        while (true) {
            int there = (int) SLOT.compareAndExchange(slots, slot, 0, row + 1);
            if (there == 0) {
                return true;
            }
            if (key.same(there - 1, row)) {
                return false;
            }
            slot = next(slot);
        }
    }

    private int slot(long hash) {
        return (int) Math.unsignedMultiplyHigh(hash, slots.length);
    }

    private int next(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** The row of a key given as one text per key column, {@link #UNKNOWN} or {@link #MALFORMED}. */
    int find(List<String> parts) {
        if (parts.size() == 1 && key.only() instanceof Column.Integers integers) {
            return findInteger(integers.values(), parts.getFirst());
        }
        if (parts.size() == 1 && key.only() instanceof Column.Texts texts) {
            return findText(texts, parts.getFirst());
        }
        return find(parts.toArray(String[]::new));
    }

    private int findInteger(long[] values, String text) {
        if (!Key.isInteger(text)) {
            return MALFORMED;
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException beyond64Bits) {
            return MALFORMED;
        }
        return find(values, value);
    }

    /** The same of a key that is one integer; {@link #MALFORMED} where it is none. */
    int find(long id) {
        return key.only() instanceof Column.Integers integers ? find(integers.values(), id) : MALFORMED;
    }

    private int find(long[] values, long value) {
        int slot = slot(KeyColumns.hash(value));
        while (slots[slot] != 0) {
            if (values[slots[slot] - 1] == value) {
                return slots[slot] - 1;
            }
            slot = next(slot);
        }
        return UNKNOWN;
    }

    private int findText(Column.Texts column, String text) {
        int row = findExactly(column, text);
        if (row != UNKNOWN || !Key.isUuid(text)) {
            return row;
        }
        // A UUID is the same in either case, but a text column keeps the one it came in: DuckDB's own is the lower one.
        row = findExactly(column, text.toLowerCase(Locale.ROOT));
        return row == UNKNOWN ? findExactly(column, text.toUpperCase(Locale.ROOT)) : row;
    }

    private int findExactly(Column.Texts column, String text) {
        int slot = slot(KeyColumns.hash(text));
        while (slots[slot] != 0) {
            if (column.dictionary()[column.codes()[slots[slot] - 1]].equals(text)) {
                return slots[slot] - 1;
            }
            slot = next(slot);
        }
        return UNKNOWN;
    }

    private int find(String[] parts) {
        long[] bits = new long[parts.length];
        if (!key.read(parts, bits)) {
            return MALFORMED;
        }
        int row = findExactly(parts, bits);
        if (row != UNKNOWN || !key.hasUuid(parts)) {
            return row;
        }
        row = findExactly(key.uuids(parts, text -> text.toLowerCase(Locale.ROOT)), bits);
        return row == UNKNOWN ? findExactly(key.uuids(parts, text -> text.toUpperCase(Locale.ROOT)), bits) : row;
    }

    private int findExactly(String[] texts, long[] bits) {
        int slot = slot(key.hash(texts, bits));
        while (slots[slot] != 0) {
            if (key.is(slots[slot] - 1, texts, bits)) {
                return slots[slot] - 1;
            }
            slot = next(slot);
        }
        return UNKNOWN;
    }
}
