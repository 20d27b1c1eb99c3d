package smew.columns;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecTZVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/** One vector of a stranger's batch as a column: more types than {@link ColumnBuilder} reads, and nothing in it is trusted. */
final class VectorColumn {

    private static final long MICROS = 1_000_000;

    private VectorColumn() {}

    /**
     * Copies it.
     *
     * @param rows how many the batch has
     * @param dictionaries of the stream, by their ids
     */
    static Column of(FieldVector vector, int rows, Map<Long, Dictionary> dictionaries) {
        if (vector.getValueCount() != rows) {
            throw new IllegalArgumentException("A column has " + vector.getValueCount() + " values.");
        }
        DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding == null) {
            return plain(vector, rows);
        }
        Dictionary dictionary = dictionaries.get(encoding.getId());
        return decoded((BaseIntVector) vector, rows, dictionary == null ? null : dictionary.getVector());
    }

    private static Column plain(FieldVector vector, int rows) {
        String name = vector.getName();
        return switch (vector) {
            case NullVector _ -> nothing(name, rows);
            case UInt8Vector unsigned -> unsigned(unsigned, rows);
            case DecimalVector decimals ->
                doubles(vector, rows, row -> decimals.getObjectNotNull(row).doubleValue());
            case Decimal256Vector decimals ->
                doubles(vector, rows, row -> decimals.getObjectNotNull(row).doubleValue());
            case Float2Vector halves -> doubles(vector, rows, halves::getValueAsFloat);
            case LargeVarCharVector texts -> {
                checkEnd(rows == 0 ? 0 : end(texts, rows), vector);
                yield texts(vector, rows, texts::get);
            }
            case ViewVarCharVector texts -> texts(vector, rows, texts::get);
            case VarCharVector texts -> {
                checkEnd(rows == 0 ? 0 : texts.getEndOffset(rows - 1), vector);
                yield built(vector);
            }
            case DateMilliVector dates -> {
                int[] days = new int[rows];
                Arrays.setAll(
                        days,
                        row -> dates.isNull(row) ? 0 : (int) Math.floorDiv(dates.get(row), TimeUnit.DAYS.toMillis(1)));
                yield new Column.Dates(name, days, nulls(vector, rows));
            }
            case TimeStampSecVector times -> timestamps(times, rows, MICROS, 1, false);
            case TimeStampSecTZVector times -> timestamps(times, rows, MICROS, 1, true);
            case TimeStampMilliVector times -> timestamps(times, rows, 1_000, 1, false);
            case TimeStampMilliTZVector times -> timestamps(times, rows, 1_000, 1, true);
            case TimeStampNanoVector times -> timestamps(times, rows, 1, 1_000, false);
            case TimeStampNanoTZVector times -> timestamps(times, rows, 1, 1_000, true);
            default -> built(vector);
        };
    }

    private static Column built(FieldVector vector) {
        ColumnBuilder builder = ColumnBuilder.like(vector);
        builder.append(vector);
        return builder.build();
    }

    private static Column nothing(String name, int rows) {
        int[] codes = new int[rows];
        Arrays.fill(codes, -1);
        BitSet nulls = new BitSet();
        nulls.set(0, rows);
        return new Column.Texts(name, codes, new String[] {}, nulls);
    }

    private static BitSet nulls(FieldVector vector, int rows) {
        BitSet nulls = new BitSet();
        IntStream.range(0, rows).filter(vector::isNull).forEach(nulls::set);
        return nulls;
    }

    private static Column doubles(FieldVector vector, int rows, IntToDoubleFunction value) {
        double[] values = new double[rows];
        Arrays.setAll(values, row -> vector.isNull(row) ? 0 : value.applyAsDouble(row));
        return new Column.Doubles(vector.getName(), values, nulls(vector, rows));
    }

    /** Whole numbers as long as they are, doubles where one is beyond them. */
    private static Column unsigned(UInt8Vector vector, int rows) {
        boolean beyond = IntStream.range(0, rows).anyMatch(row -> !vector.isNull(row) && vector.get(row) < 0);
        if (beyond) {
            return doubles(vector, rows, row -> vector.getObjectNoOverflow(row).doubleValue());
        }
        long[] values = new long[rows];
        Arrays.setAll(values, row -> vector.isNull(row) ? 0 : vector.get(row));
        return new Column.Integers(vector.getName(), values, nulls(vector, rows));
    }

    private static Column timestamps(TimeStampVector vector, int rows, long times, long parts, boolean utc) {
        long[] micros = new long[rows];
        Arrays.setAll(
                micros,
                row -> vector.isNull(row) ? 0 : Math.floorDiv(Math.multiplyExact(vector.get(row), times), parts));
        return new Column.Timestamps(vector.getName(), micros, utc, nulls(vector, rows));
    }

    /** Reads the bytes of a text. */
    private interface Bytes {
        byte[] at(int row);
    }

    private static Column texts(FieldVector vector, int rows, Bytes bytes) {
        TextDictionary dictionary = new TextDictionary();
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                codes[row] = -1;
            } else {
                byte[] text = bytes.at(row);
                codes[row] = dictionary.code(text, 0, text.length);
            }
        }
        return new Column.Texts(vector.getName(), codes, dictionary.texts(), nulls(vector, rows));
    }

    private static long end(LargeVarCharVector texts, int rows) {
        return texts.getOffsetBuffer().getLong((long) rows * BaseLargeVariableWidthVector.OFFSET_WIDTH);
    }

    /** Arrays are made of the length that offsets tell, so these must lie within what has come. */
    private static void checkEnd(long end, FieldVector vector) {
        long bytes = vector.getDataBuffer().capacity();
        if (end < 0 || end > bytes) {
            throw new IllegalArgumentException("Texts end at " + end + " of " + bytes + " bytes.");
        }
    }

    private static Column decoded(BaseIntVector indices, int rows, @Nullable FieldVector words) {
        FieldVector vector = (FieldVector) indices;
        if (words == null) {
            throw new IllegalArgumentException("A dictionary is missing.");
        }
        Column dictionary = plain(words, words.getValueCount());
        BitSet nulls = nulls(vector, rows);
        int[] picked = new int[rows];
        for (int row = 0; row < rows; row++) {
            long index = nulls.get(row) ? 0 : indices.getValueAsLong(row);
            if (!nulls.get(row) && (index < 0 || index >= dictionary.rows())) {
                throw new IllegalArgumentException("An index is " + index + ".");
            }
            picked[row] = (int) index;
            if (!nulls.get(row) && dictionary.isNull((int) index)) {
                nulls.set(row);
            }
        }
        return decoded(vector.getName(), dictionary, picked, nulls);
    }

    private static Column decoded(String name, Column dictionary, int[] picked, BitSet nulls) {
        if (nulls.cardinality() == picked.length) {
            return nothing(name, picked.length);
        }
        return switch (dictionary.pick(picked)) {
            case Column.Integers c -> new Column.Integers(name, c.values(), nulls);
            case Column.Doubles c -> new Column.Doubles(name, c.values(), nulls);
            case Column.Booleans c -> new Column.Booleans(name, c.values(), nulls);
            case Column.Texts c -> {
                int[] codes = c.codes();
                nulls.stream().forEach(row -> codes[row] = -1);
                yield new Column.Texts(name, codes, c.dictionary(), nulls);
            }
            case Column.Dates c -> new Column.Dates(name, c.epochDays(), nulls);
            case Column.Timestamps c -> new Column.Timestamps(name, c.epochMicros(), c.utc(), nulls);
        };
    }
}
