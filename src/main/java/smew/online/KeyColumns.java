package smew.online;

import java.util.List;
import java.util.OptionalLong;
import smew.columns.Column;

/** Key columns that are plain arrays: a text is itself, any other value 64 bits that are the same for whatever is the same key. */
final class KeyColumns implements Keys {

    private final Column[] columns;

    KeyColumns(List<Column> columns) {
        this.columns = columns.toArray(Column[]::new);
    }

    @Override
    public boolean isText(int part) {
        return columns[part] instanceof Column.Texts;
    }

    @Override
    public boolean isComplete(int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    /** Of 64 bits, because those of String's own are shared by thousands among millions. */
    private static long hash(String text) {
        long hash = text.length();
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x9e3779b97f4a7c15L;
        }
        return Keys.spread(hash);
    }

    private static long hash(Column column, int row) {
        return column instanceof Column.Texts texts ? hash(text(texts, row)) : Keys.spread(Key.bits(column, row));
    }

    @Override
    public long hash(int row) {
        long hash = 0;
        for (int part = 0; part < columns.length; part++) {
            hash = Keys.joined(hash, part, hash(columns[part], row));
        }
        return hash;
    }

    private long hash(String[] texts, long[] bits) {
        long hash = 0;
        for (int part = 0; part < columns.length; part++) {
            hash = Keys.joined(
                    hash, part, columns[part] instanceof Column.Texts ? hash(texts[part]) : Keys.spread(bits[part]));
        }
        return hash;
    }

    @Override
    public boolean same(int row, int other) {
        for (Column column : columns) {
            boolean same = column instanceof Column.Texts texts
                    ? text(texts, row).equals(text(texts, other))
                    : Key.bits(column, row) == Key.bits(column, other);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int find(Index index, List<String> parts) {
        if (parts.size() == 1 && columns[0] instanceof Column.Integers integers) {
            return findInteger(index, integers.values(), parts.getFirst());
        }
        if (parts.size() == 1 && columns[0] instanceof Column.Texts texts) {
            return find(index, texts, parts.getFirst());
        }
        return find(index, parts.toArray(String[]::new));
    }

    private static int findInteger(Index index, long[] values, String text) {
        if (!Key.isInteger(text)) {
            return Index.MALFORMED;
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException beyond64Bits) {
            return Index.MALFORMED;
        }
        return find(index, values, value);
    }

    @Override
    public int find(Index index, long id) {
        return columns[0] instanceof Column.Integers integers ? find(index, integers.values(), id) : Index.MALFORMED;
    }

    private static int find(Index index, long[] values, long value) {
        int slot = index.slot(Keys.spread(value));
        int row = index.row(slot);
        while (row >= 0 && values[row] != value) {
            slot = index.next(slot);
            row = index.row(slot);
        }
        return row;
    }

    private static int find(Index index, Column.Texts column, String text) {
        int slot = index.slot(hash(text));
        int row = index.row(slot);
        while (row >= 0 && !text(column, row).equals(text)) {
            slot = index.next(slot);
            row = index.row(slot);
        }
        return row;
    }

    private int find(Index index, String[] parts) {
        long[] bits = new long[parts.length];
        if (!read(parts, bits)) {
            return Index.MALFORMED;
        }
        int slot = index.slot(hash(parts, bits));
        int row = index.row(slot);
        while (row >= 0 && !is(row, parts, bits)) {
            slot = index.next(slot);
            row = index.row(slot);
        }
        return row;
    }

    private boolean is(int row, String[] texts, long[] bits) {
        for (int part = 0; part < columns.length; part++) {
            boolean same = columns[part] instanceof Column.Texts column
                    ? text(column, row).equals(texts[part])
                    : Key.bits(columns[part], row) == bits[part];
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static String text(Column.Texts column, int row) {
        return column.dictionary()[column.codes()[row]];
    }

    /** Reads what a client wrote for the parts that are no texts; false where one is no such value. */
    private boolean read(String[] parts, long[] bits) {
        for (int part = 0; part < columns.length; part++) {
            if (!(columns[part] instanceof Column.Texts)) {
                OptionalLong read = Key.bits(columns[part], parts[part]);
                if (read.isEmpty()) {
                    return false;
                }
                bits[part] = read.getAsLong();
            }
        }
        return true;
    }
}
