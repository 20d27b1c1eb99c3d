package smew.online;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import smew.columns.Column;

/** The columns of a key: a text is itself, any other value 64 bits that are the same for whatever is the same key. */
final class KeyColumns {

    private final Column[] columns;

    KeyColumns(List<Column> columns) {
        this.columns = columns.toArray(Column[]::new);
    }

    /** The first column: of a key of one part, the key. */
    Column only() {
        return columns[0];
    }

    /** Whether a row can be asked for. */
    boolean isComplete(int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    /** Spreads 64 bits over all of them: the last step of MurmurHash3. */
    static long hash(long bits) {
        long mixed = bits;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Of 64 bits, because those of String's own are shared by thousands among millions. */
    static long hash(String text) {
        long hash = text.length();
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x9e3779b97f4a7c15L;
        }
        return hash(hash);
    }

    private static long hash(Column column, int row) {
        return column instanceof Column.Texts texts ? hash(text(texts, row)) : hash(Key.bits(column, row));
    }

    /** Of one part it is that of the part, so that it can be looked up without the others' arrays. */
    private static long joined(long before, int part, long hash) {
        return part == 0 ? hash : hash(before * 31 + hash);
    }

    long hash(int row) {
        long hash = 0;
        for (int part = 0; part < columns.length; part++) {
            hash = joined(hash, part, hash(columns[part], row));
        }
        return hash;
    }

    long hash(String[] texts, long[] bits) {
        long hash = 0;
        for (int part = 0; part < columns.length; part++) {
            hash = joined(hash, part, columns[part] instanceof Column.Texts ? hash(texts[part]) : hash(bits[part]));
        }
        return hash;
    }

    boolean same(int row, int other) {
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

    boolean is(int row, String[] texts, long[] bits) {
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
    boolean read(String[] parts, long[] bits) {
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

    boolean hasUuid(String[] parts) {
        for (int part = 0; part < columns.length; part++) {
            if (isUuid(part, parts)) {
                return true;
            }
        }
        return false;
    }

    /** The same parts with the UUIDs among them written another way. */
    String[] uuids(String[] parts, UnaryOperator<String> written) {
        String[] other = parts.clone();
        for (int part = 0; part < columns.length; part++) {
            if (isUuid(part, parts)) {
                other[part] = written.apply(parts[part]);
            }
        }
        return other;
    }

    private boolean isUuid(int part, String[] parts) {
        return columns[part] instanceof Column.Texts && Key.isUuid(parts[part]);
    }
}
