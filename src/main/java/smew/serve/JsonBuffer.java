package smew.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;
import smew.online.Cell;

/**
 * Writes JSON straight into UTF-8 bytes. A prediction is a few hundred bytes of known shape, asked for tens of thousands of
 * times a second: names are encoded once, when a release is loaded, and numbers come from their column without a box.
 */
final class JsonBuffer {

    private static final int FIRST_BYTES = 512;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** JSON text of a string, with its quotes. */
    static byte[] quoted(String text) {
        JsonBuffer buffer = new JsonBuffer();
        buffer.text(text);
        return buffer.toBytes();
    }

    /** A member's name with its colon. */
    static byte[] name(String name) {
        JsonBuffer buffer = new JsonBuffer();
        buffer.text(name).raw(":");
        return buffer.toBytes();
    }

    JsonBuffer raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** Writes ASCII as it is. */
    JsonBuffer raw(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    JsonBuffer text(String text) {
        raw("\"");
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                utf8(text, from, i);
                escape(c);
                from = i + 1;
            }
        }
        utf8(text, from, text.length());
        return raw("\"");
    }

    /** Null where the number is not finite. */
    JsonBuffer number(double value) {
        return raw(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    /** A {@link Number}, {@link Boolean}, anything else as text, or null. */
    JsonBuffer value(@Nullable Object value) {
        return switch (value) {
            case null -> raw("null");
            case Double number -> number(number);
            case Float number -> number(number);
            case Number number -> raw(number.toString());
            case Boolean flag -> raw(flag.toString());
            default -> text(value.toString());
        };
    }

    JsonBuffer cell(Column column, int row) {
        if (column.isNull(row)) {
            return raw("null");
        }
        return switch (column) {
            case Column.Integers integers -> raw(Long.toString(integers.values()[row]));
            case Column.Doubles doubles -> number(doubles.values()[row]);
            case Column.Booleans booleans -> raw(booleans.values()[row] ? "true" : "false");
            case Column.Texts texts -> text(texts.dictionary()[texts.codes()[row]]);
            case Column.Dates _, Column.Timestamps _ -> value(Cell.value(column, row));
        };
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The bytes written so far, shared: nothing may be written afterwards. */
    ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void utf8(String text, int from, int to) {
        int ascii = from;
        reserve(to - from);
        while (ascii < to && text.charAt(ascii) < 0x80) {
            bytes[length++] = (byte) text.charAt(ascii++);
        }
        if (ascii < to) {
            raw(text.substring(ascii, to).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void escape(char c) {
        if (c == '"' || c == '\\') {
            raw("\\").raw(String.valueOf(c));
        } else {
            raw(String.format("\\u%04x", (int) c));
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
