package smew.columns;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import smew.base.Fault;
import smew.base.MemoryAccessWarning;
import smew.base.SmewException;

/** Arrow IPC files: any Arrow library opens them, and Smew needs no DuckDB to do so. */
public final class ArrowFile {

    /** Rows of one record batch. */
    private static final int BATCH_ROWS = 1 << 16;

    private ArrowFile() {}

    /**
     * Reads a whole file into plain arrays.
     *
     * @throws SmewException NOT_FOUND without the file, DATA when it is damaged
     */
    public static Table read(Path file) {
        MemoryAccessWarning.silence();
        try (RootAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            return TableBuilder.read(reader);
        } catch (NoSuchFileException missing) {
            throw new SmewException(Fault.NOT_FOUND, "Reading " + file + ": there is no such file.", missing);
        } catch (IOException | RuntimeException damaged) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + file + ": it is damaged (" + damaged.getMessage()
                            + "). Run `smew run` again, or `smew rollback` to an older release.",
                    damaged);
        }
    }

    /**
     * Writes a table, in the same bytes for the same table and metadata.
     *
     * @param metadata text kept in the schema
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, Table table, Map<String, String> metadata) throws IOException {
        MemoryAccessWarning.silence();
        List<Field> fields = table.columns().stream().map(ArrowFile::field).toList();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root =
                        VectorSchemaRoot.create(new Schema(fields, new TreeMap<>(metadata)), allocator);
                FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
            writer.start();
            for (int from = 0; from < table.rows(); from += BATCH_ROWS) {
                int count = Math.min(BATCH_ROWS, table.rows() - from);
                fill(root, table, from, count);
                writer.writeBatch();
            }
            writer.end();
        }
    }

    /** The key-value metadata of a file's schema. */
    public static Map<String, String> metadata(Path file) throws IOException {
        MemoryAccessWarning.silence();
        try (RootAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            return reader.getVectorSchemaRoot().getSchema().getCustomMetadata();
        }
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

    private static void fill(VectorSchemaRoot root, Table table, int from, int count) {
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
