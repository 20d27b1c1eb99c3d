package smew.learn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;

/** SHA-256 of a table's content in a given order of rows: names, types and values, column after column. */
final class RowsDigest {

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    private RowsDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new SmewException(Fault.INTERNAL, "This Java has no SHA-256.", impossible);
        }
    }

    /**
     * The digest.
     *
     * @param heldOut rows that came as a set of their own: other sets are other data
     */
    static String of(Table table, int[] order, BitSet heldOut) {
        RowsDigest rows = new RowsDigest();
        rows.number(table.rows());
        for (Column column : table.columns()) {
            rows.text(column.name());
            rows.text(column.getClass().getSimpleName());
            rows.column(column, order);
        }
        for (int place = 0; !heldOut.isEmpty() && place < order.length; place++) {
            rows.number(heldOut.get(order[place]) ? 1 : 0);
        }
        rows.flush();
        return HexFormat.of().formatHex(rows.digest.digest());
    }

    private void column(Column column, int[] order) {
        for (int row : order) {
            boolean empty = column.isNull(row);
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) (empty ? 0 : 1));
            if (!empty) {
                value(column, row);
            }
        }
    }

    private void value(Column column, int row) {
        switch (column) {
            case Column.Integers integers -> number(integers.values()[row]);
            case Column.Doubles doubles -> number(Double.doubleToLongBits(doubles.values()[row]));
            case Column.Booleans booleans -> number(booleans.values()[row] ? 1 : 0);
            case Column.Texts texts -> text(texts.dictionary()[texts.codes()[row]]);
            case Column.Dates dates -> number(dates.epochDays()[row]);
            case Column.Timestamps stamps -> number(stamps.epochMicros()[row]);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        flush();
        digest.update(bytes);
    }

    private void number(long bits) {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
        buffer.putLong(bits);
    }

    private void flush() {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
