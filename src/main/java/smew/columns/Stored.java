package smew.columns;

import java.util.BitSet;
import java.util.Optional;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** How an Arrow file stores the values of a column: the same types that {@link ColumnBuilder} takes from a stream. */
enum Stored {
    INT8(8),
    INT16(16),
    INT32(32),
    INT64(64),
    UINT8(8),
    UINT16(16),
    UINT32(32),
    UINT64(64),
    FLOAT(32),
    DOUBLE(64),
    BIT(1),
    DAYS(32),
    MICROS(64),
    MICROS_UTC(64),
    TEXT(32);

    /** Of one value; of a text, those that say where it ends. */
    private final int bits;

    Stored(int bits) {
        this.bits = bits;
    }

    /**
     * How a field is stored.
     *
     * @throws smew.base.SmewException DATA where it holds something else than single values
     */
    static Stored of(Field field) {
        Optional<Stored> stored = field.dictionary() == null ? single(field) : Optional.empty();
        return stored.orElseThrow(
                () -> ColumnBuilder.unexpected(org.apache.arrow.vector.types.pojo.Field.convertField(field)));
    }

    private static Optional<Stored> single(Field field) {
        return switch (field.typeType()) {
            case Type.Int -> whole((Int) field.type(new Int()));
            case Type.FloatingPoint -> floating((FloatingPoint) field.type(new FloatingPoint()));
            case Type.Bool -> Optional.of(BIT);
            case Type.Utf8 -> Optional.of(TEXT);
            case Type.Date -> Optional.of(DAYS).filter(_ -> ((Date) field.type(new Date())).unit() == DateUnit.DAY);
            case Type.Timestamp -> timestamp((Timestamp) field.type(new Timestamp()));
            default -> Optional.empty();
        };
    }

    private static Optional<Stored> whole(Int type) {
        return switch (type.bitWidth()) {
            case 8 -> Optional.of(type.isSigned() ? INT8 : UINT8);
            case 16 -> Optional.of(type.isSigned() ? INT16 : UINT16);
            case 32 -> Optional.of(type.isSigned() ? INT32 : UINT32);
            case 64 -> Optional.of(type.isSigned() ? INT64 : UINT64);
            default -> Optional.empty();
        };
    }

    private static Optional<Stored> floating(FloatingPoint type) {
        return switch (type.precision()) {
            case Precision.SINGLE -> Optional.of(FLOAT);
            case Precision.DOUBLE -> Optional.of(DOUBLE);
            default -> Optional.empty();
        };
    }

    private static Optional<Stored> timestamp(Timestamp type) {
        return Optional.of(type.timezone() == null ? MICROS : MICROS_UTC)
                .filter(_ -> type.unit() == TimeUnit.MICROSECOND);
    }

    /** How long the buffer of so many values is at least; of texts, that of their ends. */
    long bytes(int rows) {
        return ((rows + (this == TEXT ? 1L : 0L)) * bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Validity, values, and the bytes of texts. */
    int buffers() {
        return this == TEXT ? 3 : 2;
    }

    /** A column of such values without any. */
    Column none(String name) {
        BitSet nulls = new BitSet();
        return switch (this) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                new Column.Integers(name, new long[0], nulls);
            case FLOAT, DOUBLE -> new Column.Doubles(name, new double[0], nulls);
            case BIT -> new Column.Booleans(name, new boolean[0], nulls);
            case DAYS -> new Column.Dates(name, new int[0], nulls);
            case MICROS, MICROS_UTC -> new Column.Timestamps(name, new long[0], this == MICROS_UTC, nulls);
            case TEXT -> new Column.Texts(name, new int[0], new String[0], nulls);
        };
    }
}
