package smew.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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

    /** The longest text of a long. */
    private static final int INTEGER_BYTES = 20;

    private byte[] bytes = new byte[FIRST_BYTES];

    private int length;

    /** Formats doubles without a string for each. */
    private final StringBuilder digits = new StringBuilder(32);

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
        copy(ascii, 0, ascii.length());
        return this;
    }

    /** Takes the low byte of each character, which of ASCII is the character: the one way that copies without a loop or an array. */
    @SuppressWarnings("deprecation")
    private void copy(String ascii, int from, int to) {
        ascii.getBytes(from, to, bytes, length);
        length += to - from;
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
        if (!Double.isFinite(value)) {
            return raw("null");
        }
        long millionths = Math.round(value * 1e6);
        if (millionths / 1e6 == value && isPlain(Math.abs(millionths))) {
            return decimal(millionths);
        }
        digits.setLength(0);
        digits.append(value);
        int count = digits.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) digits.charAt(i);
        }
        return this;
    }

    /** Whether Java writes such a number without an exponent; zero has two forms. */
    private static boolean isPlain(long millionths) {
        return millionths >= 1_000 && millionths < 10_000_000_000_000L;
    }

    /**
     * What most numbers that people write are: up to six decimals. With no more than 15 digits they are the shortest that stand for
     * their double, so this is what Java's own, slower way comes to.
     */
    private JsonBuffer decimal(long millionths) {
        if (millionths < 0) {
            raw("-");
        }
        long absolute = Math.abs(millionths);
        number(absolute / 1_000_000);
        reserve(7);
        int rest = (int) (absolute % 1_000_000);
        bytes[length++] = '.';
        int unit = 100_000;
        do {
            bytes[length++] = (byte) ('0' + rest / unit);
            rest %= unit;
            unit /= 10;
        } while (rest > 0);
        return this;
    }

    JsonBuffer number(long value) {
        reserve(INTEGER_BYTES);
        // Negative numbers reach further than positive ones.
        long rest = value < 0 ? value : -value;
        if (value < 0) {
            bytes[length++] = '-';
        }
        int end = length;
        for (long left = rest; left <= -10; left /= 10) {
            end++;
        }
        length = end + 1;
        for (int at = end; rest != 0 || at == end; at--) {
            bytes[at] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** A {@link Number}, {@link Boolean}, anything else as text, or null. */
    JsonBuffer value(@Nullable Object value) {
        return switch (value) {
            case null -> raw("null");
            case Double number -> number(number.doubleValue());
            case Float number -> number(number.doubleValue());
            case Long number -> number(number.longValue());
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
            case Column.Integers integers -> number(integers.values()[row]);
            case Column.Doubles doubles -> number(doubles.values()[row]);
            case Column.Booleans booleans -> raw(booleans.values()[row] ? "true" : "false");
            case Column.Texts texts -> text(texts.dictionary()[texts.codes()[row]]);
            case Column.Dates dates -> date(dates.epochDays()[row]);
            case Column.Timestamps _ -> value(Cell.value(column, row));
        };
    }

    private JsonBuffer date(int epochDays) {
        LocalDate date = LocalDate.ofEpochDay(epochDays);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return text(date.toString());
        }
        reserve(12);
        bytes[length++] = '"';
        twoDigits(date.getYear() / 100);
        twoDigits(date.getYear() % 100);
        bytes[length++] = '-';
        twoDigits(date.getMonthValue());
        bytes[length++] = '-';
        twoDigits(date.getDayOfMonth());
        bytes[length++] = '"';
        return this;
    }

    private void twoDigits(int value) {
        bytes[length++] = (byte) ('0' + value / 10);
        bytes[length++] = (byte) ('0' + value % 10);
    }

    /** Writes once more what stands between two places. */
    JsonBuffer again(int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** Forgets what was written, and keeps the memory. */
    JsonBuffer clear() {
        length = 0;
        return this;
    }

    int length() {
        return length;
    }

    /** How much memory it keeps. */
    int capacity() {
        return bytes.length;
    }

    byte[] toBytes() {
        return toBytes(0);
    }

    /** What was written behind a place. */
    byte[] toBytes(int from) {
        return Arrays.copyOfRange(bytes, from, length);
    }

    /** The bytes written so far, shared: nothing may be written afterwards. */
    ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void utf8(String text, int from, int to) {
        int ascii = from;
        reserve(to - from);
        while (ascii < to && text.charAt(ascii) < 0x80) {
            ascii++;
        }
        copy(text, from, ascii);
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
