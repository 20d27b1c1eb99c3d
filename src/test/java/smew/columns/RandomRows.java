package smew.columns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tables of every type, with nulls and odd values. */
final class RandomRows {

    private static final List<String> WORDS =
            List.of("", "a", "\0", "Łódź", "São Paulo", "\uD83E\uDD86 duck", "x".repeat(300), "12345678", "123456789");

    private RandomRows() {}

    static Table table(int rows, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] integers = random.longs(rows).toArray();
        double[] numbers = random.doubles(rows).toArray();
        boolean[] truths = new boolean[rows];
        int[] few = new int[rows];
        int[] many = IntStream.range(0, rows).toArray();
        for (int row = 0; row < rows; row++) {
            truths[row] = random.nextBoolean();
            few[row] = random.nextInt(WORDS.size());
            if (row % 100 == 0) {
                numbers[row] = List.of(-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE)
                        .get(row / 100 % 4);
            }
        }
        String[] ids =
                IntStream.range(0, rows).mapToObj(row -> "id-" + row * 7L).toArray(String[]::new);
        BitSet none = new BitSet();
        BitSet some = some(random, rows);
        BitSet all = new BitSet();
        all.set(0, rows);
        return new Table(
                List.of(
                        new Column.Integers("i", integers, none),
                        new Column.Integers("i null", integers, some),
                        new Column.Doubles("d", numbers, none),
                        new Column.Doubles("d null", numbers, some(random, rows)),
                        new Column.Booleans("b", truths, none),
                        new Column.Booleans("b null", truths, some(random, rows)),
                        new Column.Texts("id", many, ids, none),
                        texts("t", few, none),
                        texts("t null", few, some(random, rows)),
                        texts("t never", few, all),
                        new Column.Dates("day", random.ints(rows).toArray(), some),
                        new Column.Timestamps("at", integers, false, none),
                        new Column.Timestamps("at utc", integers, true, all)),
                rows);
    }

    private static BitSet some(SplittableRandom random, int rows) {
        BitSet some = new BitSet();
        // None at all in the second batch, where there is one.
        IntStream.range(0, rows)
                .filter(row -> row >> 16 != 1 && random.nextInt(5) == 0)
                .forEach(some::set);
        return some;
    }

    private static Column texts(String name, int[] codes, BitSet nulls) {
        int[] present = codes.clone();
        nulls.stream().forEach(row -> present[row] = -1);
        return new Column.Texts(name, present, WORDS.toArray(String[]::new), nulls);
    }

    /** Compares what there is: what stands behind a null is nobody's. */
    static void assertSame(Table expected, Table found) {
        assertEquals(expected.names(), found.names());
        assertEquals(expected.rows(), found.rows());
        for (int i = 0; i < expected.columns().size(); i++) {
            Column one = expected.columns().get(i);
            Column other = found.columns().get(i);
            assertEquals(one.getClass(), other.getClass());
            assertEquals(one.nulls(), other.nulls(), one.name());
            if (one instanceof Column.Timestamps times) {
                assertEquals(times.utc(), ((Column.Timestamps) other).utc());
            }
            for (int row = 0; row < expected.rows(); row++) {
                if (!one.isNull(row) && !same(one, other, row)) {
                    throw new AssertionError(one.name() + " differs in row " + row);
                }
            }
        }
    }

    private static boolean same(Column one, Column other, int row) {
        return switch (one) {
            case Column.Integers c -> c.values()[row] == ((Column.Integers) other).values()[row];
            case Column.Doubles c -> bits(c.values()[row]) == bits(((Column.Doubles) other).values()[row]);
            case Column.Booleans c -> c.values()[row] == ((Column.Booleans) other).values()[row];
            case Column.Texts c -> text(c, row).equals(text((Column.Texts) other, row));
            case Column.Dates c -> c.epochDays()[row] == ((Column.Dates) other).epochDays()[row];
            case Column.Timestamps c -> c.epochMicros()[row] == ((Column.Timestamps) other).epochMicros()[row];
        };
    }

    private static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }

    private static String text(Column.Texts texts, int row) {
        return texts.dictionary()[texts.codes()[row]];
    }

    /** All rows of a table, for whoever picks them. */
    static int[] rows(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, row -> row);
        return rows;
    }
}
