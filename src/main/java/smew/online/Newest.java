package smew.online;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.MappedColumn;
import smew.columns.MappedValues;

/** The newest time of a column, wherever its rows lie. */
final class Newest {

    private static final double MICROS = 1e6;
    private static final double DAY_SECONDS = 86_400;

    private Newest() {}

    /**
     * In seconds since 1970; empty without one, and where what orders events is no time, such as a number.
     *
     * @param column its type, and its rows unless it is mapped
     * @param mapped the same column where its rows stay in a file
     */
    static OptionalDouble seconds(Optional<Column> column, Optional<MappedColumn> mapped) {
        return switch (column.orElse(null)) {
            case Column.Dates dates ->
                seconds(newest(mapped, dates, row -> dates.epochDays()[row]), days -> days * DAY_SECONDS);
            case Column.Timestamps times ->
                seconds(newest(mapped, times, row -> times.epochMicros()[row]), micros -> micros / MICROS);
            case Column.Integers _, Column.Doubles _, Column.Booleans _, Column.Texts _ -> OptionalDouble.empty();
            case null -> OptionalDouble.empty();
        };
    }

    private interface Value {
        long of(int row);
    }

    private static OptionalLong newest(Optional<MappedColumn> mapped, Column column, Value value) {
        if (mapped.isPresent()) {
            return mapped.get() instanceof MappedValues values ? values.newest() : OptionalLong.empty();
        }
        return IntStream.range(0, column.rows())
                .parallel()
                .filter(row -> !column.isNull(row))
                .mapToLong(value::of)
                .max();
    }

    private static OptionalDouble seconds(OptionalLong newest, LongToDoubleFunction seconds) {
        return newest.isPresent()
                ? OptionalDouble.of(seconds.applyAsDouble(newest.getAsLong()))
                : OptionalDouble.empty();
    }
}
