package smew.online;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import smew.columns.Column;

/** One value of a column, as JSON has it: {@link Long}, {@link Double}, {@link Boolean}, {@link String} or null. */
public final class Cell {

    private static final long MICROS = 1_000_000;

    private Cell() {}

    /**
     * The value of a row: dates and timestamps as ISO 8601 text, with a closing Z where they are UTC. Null stands for no value,
     * and for a double that is not finite, because JSON has no other word for either.
     */
    public static @Nullable Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column) {
            case Column.Integers integers -> integers.values()[row];
            case Column.Doubles doubles -> Double.isFinite(doubles.values()[row]) ? doubles.values()[row] : null;
            case Column.Booleans booleans -> booleans.values()[row];
            case Column.Texts texts -> texts.dictionary()[texts.codes()[row]];
            case Column.Dates dates -> date(dates.epochDays()[row]);
            case Column.Timestamps timestamps -> timestamp(timestamps.epochMicros()[row], timestamps.utc());
        };
    }

    private static String date(int epochDays) {
        return LocalDate.ofEpochDay(epochDays).toString();
    }

    private static String timestamp(long epochMicros, boolean utc) {
        long seconds = Math.floorDiv(epochMicros, MICROS);
        int nanos = (int) Math.floorMod(epochMicros, MICROS) * 1_000;
        // LocalDateTime.toString leaves out seconds that are zero.
        String text = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC));
        return utc ? text + "Z" : text;
    }
}
