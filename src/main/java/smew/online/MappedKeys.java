package smew.online;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import smew.columns.Column;
import smew.columns.MappedColumn;
import smew.columns.MappedTexts;
import smew.columns.MappedValues;

/** Key columns that stay in a file: texts are compared as the bytes that they are there, and none becomes an object. */
final class MappedKeys implements Keys {

    private final MappedColumn[] columns;

    /** Of the same types. */
    private final Column[] none;

    MappedKeys(List<MappedColumn> columns) {
        this.columns = columns.toArray(MappedColumn[]::new);
        this.none = columns.stream().map(MappedColumn::none).toArray(Column[]::new);
    }

    @Override
    public boolean isText(int part) {
        return columns[part] instanceof MappedTexts;
    }

    @Override
    public boolean isComplete(int row) {
        for (MappedColumn column : columns) {
            if (column.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long hash(int row) {
        long hash = 0;
        for (int part = 0; part < columns.length; part++) {
            long own = switch (columns[part]) {
                case MappedTexts texts -> texts.hash(row);
                case MappedValues values -> values.bits(row);
            };
            hash = Keys.joined(hash, part, Keys.spread(own));
        }
        return hash;
    }

    @Override
    public boolean same(int row, int other) {
        for (MappedColumn column : columns) {
            boolean same = switch (column) {
                case MappedTexts texts -> texts.same(row, other);
                case MappedValues values -> values.bits(row) == values.bits(other);
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int find(Index index, long id) {
        if (!(none[0] instanceof Column.Integers && columns[0] instanceof MappedValues values)) {
            return Index.MALFORMED;
        }
        int slot = index.slot(Keys.spread(id));
        int row = index.row(slot);
        while (row >= 0 && values.bits(row) != id) {
            slot = index.next(slot);
            row = index.row(slot);
        }
        return row;
    }

    @Override
    public int find(Index index, List<String> parts) {
        byte[][] texts = new byte[columns.length][];
        long[] bits = new long[columns.length];
        long hash = 0;
        boolean known = true;
        for (int part = 0; part < columns.length; part++) {
            String text = parts.get(part);
            if (columns[part] instanceof MappedTexts) {
                texts[part] = text.getBytes(StandardCharsets.UTF_8);
                bits[part] = MappedTexts.hash(texts[part]);
                // Half of a pair of characters has no bytes of its own, and those it gets are another text's.
                known &= isWhole(text);
            } else {
                OptionalLong read = Key.bits(none[part], text);
                if (read.isEmpty()) {
                    return Index.MALFORMED;
                }
                bits[part] = read.getAsLong();
            }
            hash = Keys.joined(hash, part, Keys.spread(bits[part]));
        }
        return known ? find(index, hash, texts, bits) : Index.UNKNOWN;
    }

    private int find(Index index, long hash, byte[][] texts, long[] bits) {
        int slot = index.slot(hash);
        int row = index.row(slot);
        while (row >= 0 && !is(row, texts, bits)) {
            slot = index.next(slot);
            row = index.row(slot);
        }
        return row;
    }

    private boolean is(int row, byte[][] texts, long[] bits) {
        for (int part = 0; part < columns.length; part++) {
            boolean same = switch (columns[part]) {
                case MappedTexts column -> column.is(row, texts[part]);
                case MappedValues column -> column.bits(row) == bits[part];
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }
}
