package smew.columns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

/** Files that others wrote: narrow types, and batches of any length. */
class ForeignFileTest {

    private static final int[] BATCHES = {1, 62, 0, 64, 65, 200, 0, 8};

    @TempDir
    Path folder;

    /** Every seventh row is null; values count up from -100. */
    private Path write(List<FieldVector> vectors) throws IOException {
        Path file = folder.resolve("t.arrow");
        try (VectorSchemaRoot root = new VectorSchemaRoot(vectors);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
            int row = -100;
            for (int rows : BATCHES) {
                vectors.forEach(FieldVector::reset);
                for (int i = 0; i < rows; i++, row++) {
                    for (FieldVector vector : vectors) {
                        set(vector, i, row);
                    }
                }
                root.setRowCount(rows);
                writer.writeBatch();
            }
            writer.end();
        }
        return file;
    }

    private static void set(FieldVector vector, int at, int value) {
        if (value % 7 == 0) {
            vector.setNull(at);
            return;
        }
        switch (vector) {
            case TinyIntVector integers -> integers.setSafe(at, value % 100);
            case UInt1Vector integers -> integers.setSafe(at, value & 0xff);
            case SmallIntVector integers -> integers.setSafe(at, value * 100);
            case UInt2Vector integers -> integers.setSafe(at, value & 0xffff);
            case IntVector integers -> integers.setSafe(at, value * 1_000_000);
            case UInt4Vector integers -> integers.setSafe(at, value);
            case Float4Vector numbers -> numbers.setSafe(at, value / 2f);
            case VarCharVector texts -> texts.setSafe(at, ("wörd " + value).getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException(vector.toString());
        }
    }

    @Test
    void narrowNumbersAndBatchesOfAnyLengthAreRead() throws IOException {
        try (RootAllocator allocator = new RootAllocator()) {
            List<BaseFixedWidthVector> numbers = List.of(
                    new TinyIntVector("i1", allocator),
                    new UInt1Vector("u1", allocator),
                    new SmallIntVector("i2", allocator),
                    new UInt2Vector("u2", allocator),
                    new IntVector("i4", allocator),
                    new UInt4Vector("u4", allocator),
                    new Float4Vector("f4", allocator));
            List<FieldVector> vectors = new ArrayList<>(numbers);
            vectors.add(new VarCharVector("t", allocator));
            Path file = write(vectors);
            Table read = ArrowFile.read(file);
            MappedTable mapped = ArrowFile.map(file);
            assertEquals(400, read.rows());
            for (int row = 0; row < read.rows(); row++) {
                int value = row - 100;
                boolean isNull = value % 7 == 0;
                for (Column column : read.columns()) {
                    assertEquals(isNull, column.isNull(row), column.name() + " in row " + row);
                }
                if (!isNull) {
                    assertEquals(value % 100, integer(read, "i1", row));
                    assertEquals(value & 0xff, integer(read, "u1", row));
                    assertEquals(value * 100L, integer(read, "i2", row));
                    assertEquals(value & 0xffff, integer(read, "u2", row));
                    assertEquals(value * 1_000_000L, integer(read, "i4", row));
                    assertEquals(value & 0xffff_ffffL, integer(read, "u4", row));
                    assertEquals(
                            value / 2.0, ((Column.Doubles) read.column("f4").orElseThrow()).values()[row]);
                    Column.Texts texts = (Column.Texts) read.column("t").orElseThrow();
                    assertEquals("wörd " + value, texts.dictionary()[texts.codes()[row]]);
                }
            }
            RandomRows.assertSame(read, mapped.pick(RandomRows.rows(read.rows())));
        }
    }

    private static long integer(Table table, String name, int row) {
        return ((Column.Integers) table.column(name).orElseThrow()).values()[row];
    }

    @Test
    void aColumnThatHoldsNoSingleValuesIsRefused() throws IOException {
        Path file = folder.resolve("binary.arrow");
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(new VarBinaryVector("bytes", allocator)));
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
            writer.start();
            writer.end();
        }
        SmewException refused = assertThrows(SmewException.class, () -> ArrowFile.map(file));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains("column bytes: found type Binary"), refused.getMessage());
    }
}
