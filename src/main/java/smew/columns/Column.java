package smew.columns;

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
