package smew.app;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import smew.columns.Column;

/** One value of a column as a person reads it. */
final class CellText {

    private CellText() {}

    static boolean isNumber(Column column) {
        return switch (column) {
            case Column.Integers integers -> true;
            case Column.Doubles doubles -> true;
            case Column.Booleans booleans -> false;
            case Column.Texts texts -> false;
            case Column.Dates dates -> false;
            case Column.Timestamps timestamps -> false;
        };
    }

    static String of(Column column, int row) {
        if (column.isNull(row)) {
            return "NULL";
        }
        return switch (column) {
            case Column.Integers integers -> Long.toString(integers.values()[row]);
            case Column.Doubles doubles -> Double.toString(doubles.values()[row]);
            case Column.Booleans booleans -> Boolean.toString(booleans.values()[row]);
            case Column.Texts texts -> texts.dictionary()[texts.codes()[row]];
            case Column.Dates dates ->
                LocalDate.ofEpochDay(dates.epochDays()[row]).toString();
            case Column.Timestamps timestamps -> time(timestamps, row);
        };
    }

    private static String time(Column.Timestamps timestamps, int row) {
        Instant instant = Instant.EPOCH.plus(timestamps.epochMicros()[row], ChronoUnit.MICROS);
        return timestamps.utc()
                ? instant.toString()
                : instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString().replace('T', ' ');
    }
}
