package smew.columns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Values of one width in an Arrow file that is mapped: all but texts. */
public final class MappedValues extends MappedColumn {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    MappedValues(FileLayout.Named named, int column, MemorySegment file, FileLayout layout, BatchStarts batches) {
        super(named, column, file, layout, batches);
    }

    /**
     * The 64 bits of a row's value, which must not be null: an integer, days, microseconds, 1 for true, or those of a double. The same
     * value has the same bits, also where it is zero.
     */
    public long bits(int row) {
        int batch = batches.of(row);
        return bits(values[batch], row - batches.start(batch));
    }

    private long bits(long at, int index) {
        return switch (stored) {
            case FLOAT, DOUBLE -> {
                double number = number(at, index);
                yield Double.doubleToLongBits(number == 0 ? 0 : number);
            }
            case BIT -> bit(at, index) ? 1 : 0;
            default -> integer(at, index);
        };
    }

    private long integer(long at, int index) {
        return switch (stored) {
            case INT8 -> file.get(ValueLayout.JAVA_BYTE, at + index);
            case UINT8 -> Byte.toUnsignedLong(file.get(ValueLayout.JAVA_BYTE, at + index));
            case INT16 -> file.get(SHORT, at + 2L * index);
            case UINT16 -> Short.toUnsignedLong(file.get(SHORT, at + 2L * index));
            case INT32, DAYS -> file.get(FileLayout.INT, at + 4L * index);
            case UINT32 -> Integer.toUnsignedLong(file.get(FileLayout.INT, at + 4L * index));
            case INT64, UINT64, MICROS, MICROS_UTC -> file.get(LONG, at + 8L * index);
            case FLOAT, DOUBLE, BIT, TEXT -> throw new IllegalArgumentException(name + " holds " + stored + ".");
        };
    }

    private double number(long at, int index) {
        return stored == Stored.FLOAT ? file.get(FLOAT, at + 4L * index) : file.get(DOUBLE, at + 8L * index);
    }

    /** The greatest date or time there is; empty where all are null, and of columns of anything else. */
    public OptionalLong newest() {
        if (stored != Stored.DAYS && stored != Stored.MICROS && stored != Stored.MICROS_UTC) {
            return OptionalLong.empty();
        }
        return shared().mapToObj(this::newest)
                .flatMapToLong(OptionalLong::stream)
                .max();
    }

    private OptionalLong newest(int batch) {
        int start = batches.start(batch);
        return IntStream.range(0, batches.rows(batch))
                .filter(index -> !isNull(start + index))
                .mapToLong(index -> integer(values[batch], index))
                .max();
    }

    @Override
    public Column pick(int... rows) {
        return switch (stored) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                new Column.Integers(name, longs(rows), nulls(rows));
            case MICROS, MICROS_UTC ->
                new Column.Timestamps(name, longs(rows), stored == Stored.MICROS_UTC, nulls(rows));
            case DAYS -> {
                int[] days = new int[rows.length];
                Arrays.setAll(days, i -> (int) bits(rows[i]));
                yield new Column.Dates(name, days, nulls(rows));
            }
            case FLOAT, DOUBLE -> {
                double[] numbers = new double[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    int batch = batches.of(rows[i]);
                    numbers[i] = number(values[batch], rows[i] - batches.start(batch));
                }
                yield new Column.Doubles(name, numbers, nulls(rows));
            }
            case BIT -> {
                boolean[] truths = new boolean[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    truths[i] = bits(rows[i]) != 0;
                }
                yield new Column.Booleans(name, truths, nulls(rows));
            }
            case TEXT -> throw new IllegalStateException(name + " holds texts.");
        };
    }

    private long[] longs(int... rows) {
        long[] longs = new long[rows.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = bits(rows[i]);
        }
        return longs;
    }

    @Override
    Column read() {
        int rows = batches.rows();
        return switch (stored) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                new Column.Integers(name, readLongs(new long[rows]), nulls());
            case MICROS, MICROS_UTC ->
                new Column.Timestamps(name, readLongs(new long[rows]), stored == Stored.MICROS_UTC, nulls());
            case DAYS -> {
                int[] days = new int[rows];
                shared().forEach(batch -> MemorySegment.copy(
                        file, FileLayout.INT, values[batch], days, batches.start(batch), batches.rows(batch)));
                yield new Column.Dates(name, days, nulls());
            }
            case FLOAT, DOUBLE -> new Column.Doubles(name, readNumbers(new double[rows]), nulls());
            case BIT -> {
                boolean[] truths = new boolean[rows];
                shared().forEach(batch -> {
                    for (int i = 0; i < batches.rows(batch); i++) {
                        truths[batches.start(batch) + i] = bit(values[batch], i);
                    }
                });
                yield new Column.Booleans(name, truths, nulls());
            }
            case TEXT -> throw new IllegalStateException(name + " holds texts.");
        };
    }

    private long[] readLongs(long[] longs) {
        boolean whole = stored.bytes(1) == Long.BYTES;
        shared().forEach(batch -> {
            int start = batches.start(batch);
            if (whole) {
                MemorySegment.copy(file, LONG, values[batch], longs, start, batches.rows(batch));
                return;
            }
            for (int i = 0; i < batches.rows(batch); i++) {
                longs[start + i] = integer(values[batch], i);
            }
        });
        return longs;
    }

    private double[] readNumbers(double[] numbers) {
        shared().forEach(batch -> {
            int start = batches.start(batch);
            if (stored == Stored.DOUBLE) {
                MemorySegment.copy(file, DOUBLE, values[batch], numbers, start, batches.rows(batch));
                return;
            }
            for (int i = 0; i < batches.rows(batch); i++) {
                numbers[start + i] = number(values[batch], i);
            }
        });
        return numbers;
    }
}
