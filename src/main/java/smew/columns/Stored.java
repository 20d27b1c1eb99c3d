package smew.columns;

import java.util.BitSet;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

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
        if (field.getDictionary() != null) {
            throw ColumnBuilder.unexpected(field);
        }
        return switch (field.getType()) {
            case ArrowType.Int type when type.getBitWidth() == 8 -> type.getIsSigned() ? INT8 : UINT8;
            case ArrowType.Int type when type.getBitWidth() == 16 -> type.getIsSigned() ? INT16 : UINT16;
            case ArrowType.Int type when type.getBitWidth() == 32 -> type.getIsSigned() ? INT32 : UINT32;
            case ArrowType.Int type when type.getBitWidth() == 64 -> type.getIsSigned() ? INT64 : UINT64;
            case ArrowType.FloatingPoint type when type.getPrecision() == FloatingPointPrecision.DOUBLE -> DOUBLE;
            case ArrowType.FloatingPoint type when type.getPrecision() == FloatingPointPrecision.SINGLE -> FLOAT;
            case ArrowType.Bool _ -> BIT;
            case ArrowType.Utf8 _ -> TEXT;
            case ArrowType.Date type when type.getUnit() == DateUnit.DAY -> DAYS;
            case ArrowType.Timestamp type
            when type.getUnit() == TimeUnit.MICROSECOND -> type.getTimezone() == null ? MICROS : MICROS_UTC;
            default -> throw ColumnBuilder.unexpected(field);
        };
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
