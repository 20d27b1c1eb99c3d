package smew.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import smew.base.Fault;
import smew.base.SmewException;

/** Collects the batches of one Arrow vector in one plain array. */
abstract sealed class ColumnBuilder {

    final String name;
    final BitSet nulls = new BitSet();
    int rows;

    private ColumnBuilder(String name) {
        this.name = name;
    }

    /** A builder for vectors of the same type as the given one. */
    static ColumnBuilder like(FieldVector vector) {
        String name = vector.getName();
        return switch (vector) {
            case BaseIntVector _ -> new OfIntegers(name);
            case Float8Vector _, Float4Vector _ -> new OfDoubles(name);
            case BitVector _ -> new OfBooleans(name);
            case VarCharVector _ -> new OfTexts(name);
            case DateDayVector _ -> new OfDates(name);
            case TimeStampMicroVector _ -> new OfTimestamps(name, false);
            case TimeStampMicroTZVector _ -> new OfTimestamps(name, true);
            default -> throw unexpected(vector.getField());
        };
    }

    static SmewException unexpected(Field field) {
        return new SmewException(
                Fault.DATA,
                "Reading Arrow column " + field.getName() + ": found type " + field.getType()
                        + ", expected a number, boolean, text, date or timestamp.");
    }

    /** Appends a batch; the vector may be released afterwards. */
    final void append(FieldVector vector) {
        int count = vector.getValueCount();
        if (vector.getNullCount() > 0) {
            for (int i = 0; i < count; i++) {
                if (vector.isNull(i)) {
                    nulls.set(rows + i);
                }
            }
        }
        copy(vector, count);
        rows += count;
    }

    abstract Column build();

    /** Copies {@code count} values to the end of the array. */
    abstract void copy(FieldVector vector, int count);

    /** Room for {@code count} more rows: grown by half at least, so that many batches stay linear. */
    final int room(int length, int count) {
        return rows + count <= length ? length : Math.max(rows + count, length + (length >> 1));
    }

    private static ByteBuffer buffer(FieldVector vector, long bytes) {
        return vector.getDataBuffer().nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static final class OfIntegers extends ColumnBuilder {
        private long[] values = {};

        OfIntegers(String name) {
            super(name);
        }

        @Override
        void copy(FieldVector vector, int count) {
            values = Arrays.copyOf(values, room(values.length, count));
            if (vector instanceof BigIntVector) {
                buffer(vector, 8L * count).asLongBuffer().get(values, rows, count);
                return;
            }
            if (vector instanceof IntVector) {
                IntBuffer integers = buffer(vector, 4L * count).asIntBuffer();
                for (int i = 0; i < count; i++) {
                    values[rows + i] = integers.get(i);
                }
                return;
            }
            BaseIntVector integers = (BaseIntVector) vector;
            for (int i = 0; i < count; i++) {
                values[rows + i] = vector.isNull(i) ? 0 : integers.getValueAsLong(i);
            }
        }

        @Override
        Column build() {
            return new Column.Integers(name, Arrays.copyOf(values, rows), nulls);
        }
    }

    private static final class OfDoubles extends ColumnBuilder {
        private double[] values = {};

        OfDoubles(String name) {
            super(name);
        }

        @Override
        void copy(FieldVector vector, int count) {
            values = Arrays.copyOf(values, room(values.length, count));
            if (vector instanceof Float8Vector) {
                buffer(vector, 8L * count).asDoubleBuffer().get(values, rows, count);
                return;
            }
            Float4Vector floats = (Float4Vector) vector;
            for (int i = 0; i < count; i++) {
                values[rows + i] = vector.isNull(i) ? 0 : floats.get(i);
            }
        }

        @Override
        Column build() {
            return new Column.Doubles(name, Arrays.copyOf(values, rows), nulls);
        }
    }

    private static final class OfBooleans extends ColumnBuilder {
        private boolean[] values = {};

        OfBooleans(String name) {
            super(name);
        }

        @Override
        void copy(FieldVector vector, int count) {
            values = Arrays.copyOf(values, room(values.length, count));
            BitVector bits = (BitVector) vector;
            for (int i = 0; i < count; i++) {
                values[rows + i] = !bits.isNull(i) && bits.get(i) != 0;
            }
        }

        @Override
        Column build() {
            return new Column.Booleans(name, Arrays.copyOf(values, rows), nulls);
        }
    }

    private static final class OfTexts extends ColumnBuilder {
        private final TextDictionary dictionary = new TextDictionary();
        private int[] codes = {};

        OfTexts(String name) {
            super(name);
        }

        @Override
        void copy(FieldVector vector, int count) {
            codes = Arrays.copyOf(codes, room(codes.length, count));
            VarCharVector texts = (VarCharVector) vector;
            int end = count == 0 ? 0 : texts.getEndOffset(count - 1);
            byte[] bytes = new byte[end];
            buffer(vector, end).get(bytes);
            for (int i = 0; i < count; i++) {
                codes[rows + i] =
                        texts.isNull(i) ? -1 : dictionary.code(bytes, texts.getStartOffset(i), texts.getEndOffset(i));
            }
        }

        @Override
        Column build() {
            return new Column.Texts(name, Arrays.copyOf(codes, rows), dictionary.texts(), nulls);
        }
    }

    private static final class OfDates extends ColumnBuilder {
        private int[] epochDays = {};

        OfDates(String name) {
            super(name);
        }

        @Override
        void copy(FieldVector vector, int count) {
            epochDays = Arrays.copyOf(epochDays, room(epochDays.length, count));
            buffer(vector, 4L * count).asIntBuffer().get(epochDays, rows, count);
        }

        @Override
        Column build() {
            return new Column.Dates(name, Arrays.copyOf(epochDays, rows), nulls);
        }
    }

    private static final class OfTimestamps extends ColumnBuilder {
        private final boolean utc;
        private long[] epochMicros = {};

        OfTimestamps(String name, boolean utc) {
            super(name);
            this.utc = utc;
        }

        @Override
        void copy(FieldVector vector, int count) {
            epochMicros = Arrays.copyOf(epochMicros, room(epochMicros.length, count));
            buffer((TimeStampVector) vector, 8L * count).asLongBuffer().get(epochMicros, rows, count);
        }

        @Override
        Column build() {
            return new Column.Timestamps(name, Arrays.copyOf(epochMicros, rows), utc, nulls);
        }
    }
}
