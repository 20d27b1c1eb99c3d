package smew.columns;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One named column of values in a plain array, one element per row. A row whose bit is set in {@code nulls} has no value,
 * whatever the array holds there. The arrays are shared, not copied: nobody writes to them after construction.
 */
public sealed interface Column {

    String name();

    /** Rows without a value. */
    BitSet nulls();

    int rows();

    default boolean isNull(int row) {
        return nulls().get(row);
    }

    /** The values of some rows, in the order given; a row may be given several times. */
    default Column pick(int[] rows) {
        BitSet empty = new BitSet();
        for (int place = 0; place < rows.length; place++) {
            empty.set(place, isNull(rows[place]));
        }
        return switch (this) {
            case Integers all ->
                new Integers(
                        name(),
                        Arrays.stream(rows).mapToLong(row -> all.values[row]).toArray(),
                        empty);
            case Doubles all ->
                new Doubles(
                        name(),
                        Arrays.stream(rows).mapToDouble(row -> all.values[row]).toArray(),
                        empty);
            case Booleans all -> {
                boolean[] some = new boolean[rows.length];
                for (int place = 0; place < rows.length; place++) {
                    some[place] = all.values[rows[place]];
                }
                yield new Booleans(name(), some, empty);
            }
            case Texts all ->
                new Texts(name(), Arrays.stream(rows).map(row -> all.codes[row]).toArray(), all.dictionary, empty);
            case Dates all ->
                new Dates(
                        name(),
                        Arrays.stream(rows).map(row -> all.epochDays[row]).toArray(),
                        empty);
            case Timestamps all ->
                new Timestamps(
                        name(),
                        Arrays.stream(rows)
                                .mapToLong(row -> all.epochMicros[row])
                                .toArray(),
                        all.utc,
                        empty);
        };
    }

    /** TINYINT to BIGINT and the unsigned ones below UBIGINT. */
    record Integers(String name, long[] values, BitSet nulls) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }

    /** REAL, DOUBLE, DECIMAL, HUGEINT. */
    record Doubles(String name, double[] values, BitSet nulls) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }

    record Booleans(String name, boolean[] values, BitSet nulls) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }

    /** Text, each different value once: row r holds {@code dictionary[codes[r]]}; a null row has code -1. */
    record Texts(String name, int[] codes, String[] dictionary, BitSet nulls) implements Column {
        @Override
        public int rows() {
            return codes.length;
        }
    }

    /** Days since 1970-01-01. */
    record Dates(String name, int[] epochDays, BitSet nulls) implements Column {
        @Override
        public int rows() {
            return epochDays.length;
        }
    }

    /** Microseconds since 1970-01-01T00:00, without a time zone unless {@code utc}. */
    record Timestamps(String name, long[] epochMicros, boolean utc, BitSet nulls) implements Column {
        @Override
        public int rows() {
            return epochMicros.length;
        }
    }
}
