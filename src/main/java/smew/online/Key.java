package smew.online;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import smew.columns.Column;

/** Brings what a client wrote for one key column into what stands for that value in the index. */
final class Key {

    private static final int LONGEST_INTEGER = 20;

    private static final int UUID_CHARACTERS = 36;

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private Key() {}

    /** What a person has to write for a value of this column. */
    static String expected(Column column) {
        return switch (column) {
            case Column.Integers _ -> "an integer of 64 bits";
            case Column.Doubles _ -> "a number";
            case Column.Booleans _ -> "true or false";
            case Column.Texts _ -> "text";
            case Column.Dates _ -> "a date such as 2020-12-31";
            case Column.Timestamps timestamps ->
                timestamps.utc()
                        ? "a timestamp such as 2020-12-31T23:59:59Z"
                        : "a timestamp such as 2020-12-31T23:59:59";
        };
    }

    /** The bits of a value that a client wrote, so that 007 and 7 are the same integer; empty when the text is no value of this column. */
    static OptionalLong bits(Column column, String text) {
        try {
            return switch (column) {
                case Column.Integers _ ->
                    isInteger(text) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
                case Column.Doubles _ -> OptionalLong.of(bits(new BigDecimal(text).doubleValue()));
                case Column.Booleans _ ->
                    switch (text) {
                        case "true" -> OptionalLong.of(1);
                        case "false" -> OptionalLong.of(0);
                        default -> OptionalLong.empty();
                    };
                case Column.Texts _ -> OptionalLong.empty();
                case Column.Dates _ -> OptionalLong.of(LocalDate.parse(text).toEpochDay());
                case Column.Timestamps timestamps -> OptionalLong.of(micros(text, timestamps.utc()));
            };
        } catch (NumberFormatException | DateTimeException | ArithmeticException malformed) {
            return OptionalLong.empty();
        }
    }

    /** The bits of a row's value, which must not be null nor a text. */
    static long bits(Column column, int row) {
        return switch (column) {
            case Column.Integers integers -> integers.values()[row];
            case Column.Doubles doubles -> bits(doubles.values()[row]);
            case Column.Booleans booleans -> booleans.values()[row] ? 1 : 0;
            case Column.Texts texts -> throw new IllegalArgumentException(texts.name() + " holds texts.");
            case Column.Dates dates -> dates.epochDays()[row];
            case Column.Timestamps timestamps -> timestamps.epochMicros()[row];
        };
    }

    /** Whether text is an optional minus and ASCII digits: {@link Long#parseLong} alone also takes a plus and any script's digits. */
    static boolean isInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (text.length() == start || text.length() > LONGEST_INTEGER) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether text has the shape of a UUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
    static boolean isUuid(String text) {
        if (text.length() != UUID_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARACTERS; i++) {
            char c = text.charAt(i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (hyphen ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** Both zeros are one number. */
    private static long bits(double value) {
        return Double.doubleToLongBits(value == 0 ? 0 : value);
    }

    private static long micros(String text, boolean utc) {
        LocalDateTime time = utc
                ? OffsetDateTime.parse(text)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()
                : LocalDateTime.parse(text);
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
