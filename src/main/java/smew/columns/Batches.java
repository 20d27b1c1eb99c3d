package smew.columns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Turns rows of a {@link Table} into Arrow vectors. */
final class Batches {

    private Batches() {}

    /** One field per column. */
    static List<Field> fields(Table table) {
        return table.columns().stream().map(Batches::field).toList();
    }

    private static Field field(Column column) {
        ArrowType type = switch (column) {
            case Column.Integers _ -> new ArrowType.Int(Long.SIZE, true);
            case Column.Doubles _ -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case Column.Booleans _ -> new ArrowType.Bool();
            case Column.Texts _ -> new ArrowType.Utf8();
            case Column.Dates _ -> new ArrowType.Date(DateUnit.DAY);
            case Column.Timestamps timestamps ->
                new ArrowType.Timestamp(TimeUnit.MICROSECOND, timestamps.utc() ? "UTC" : null);
        };
        return new Field(column.name(), FieldType.nullable(type), new ArrayList<>());
    }

    /** Writes rows into the vectors of a root that has these fields. */
    static void fill(VectorSchemaRoot root, Table table, int from, int count) {
        for (int i = 0; i < table.columns().size(); i++) {
            FieldVector vector = root.getVector(i);
            vector.reset();
            fill(vector, table.columns().get(i), from, count);
            vector.setValueCount(count);
        }
        root.setRowCount(count);
    }

    private static void fill(FieldVector vector, Column column, int from, int count) {
        for (int i = 0; i < count; i++) {
            int row = from + i;
            if (column.isNull(row)) {
                vector.setNull(i);
                continue;
            }
            switch (column) {
                case Column.Integers integers -> ((BigIntVector) vector).setSafe(i, integers.values()[row]);
                case Column.Doubles doubles -> ((Float8Vector) vector).setSafe(i, doubles.values()[row]);
                case Column.Booleans booleans -> ((BitVector) vector).setSafe(i, booleans.values()[row] ? 1 : 0);
                case Column.Texts values ->
                    ((VarCharVector) vector)
                            .setSafe(i, values.dictionary()[values.codes()[row]].getBytes(StandardCharsets.UTF_8));
                case Column.Dates dates -> ((DateDayVector) vector).setSafe(i, dates.epochDays()[row]);
                case Column.Timestamps timestamps ->
                    ((TimeStampVector) vector).setSafe(i, timestamps.epochMicros()[row]);
            }
        }
    }
}
