package smew.columns;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

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

    /** Some of the rows, in the order given. */
    default Column pick(int... rows) {
        BitSet picked = new BitSet();
        IntStream.range(0, rows.length).filter(r -> isNull(rows[r])).forEach(picked::set);
        return switch (this) {
            case Integers c -> new Integers(c.name(), longs(c.values(), rows), picked);
            case Doubles c ->
                new Doubles(
                        c.name(),
                        Arrays.stream(rows).mapToDouble(r -> c.values()[r]).toArray(),
                        picked);
            case Booleans c -> {
                boolean[] values = new boolean[rows.length];
                IntStream.range(0, rows.length).forEach(r -> values[r] = c.values()[rows[r]]);
                yield new Booleans(c.name(), values, picked);
            }
            case Texts c -> new Texts(c.name(), ints(c.codes(), rows), c.dictionary(), picked);
            case Dates c -> new Dates(c.name(), ints(c.epochDays(), rows), picked);
            case Timestamps c -> new Timestamps(c.name(), longs(c.epochMicros(), rows), c.utc(), picked);
        };
    }

    private static long[] longs(long[] values, int[] rows) {
        return Arrays.stream(rows).mapToLong(r -> values[r]).toArray();
    }

    private static int[] ints(int[] values, int[] rows) {
        return Arrays.stream(rows).map(r -> values[r]).toArray();
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
