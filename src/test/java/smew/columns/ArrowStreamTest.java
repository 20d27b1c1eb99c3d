package smew.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.MemoryAccessWarning;
import smew.base.SmewException;

class ArrowStreamTest {

    private static List<Table> read(byte[] stream, int limitRows) throws IOException {
        List<Table> batches = new ArrayList<>();
        ArrowStream.read(
                new ByteArrayInputStream(stream),
                name -> !name.equals("skipped"),
                1_000_000,
                () -> limitRows,
                batches::add);
        return batches;
    }

    /** Two rows of each type, the second one null. */
    private static byte[] oneOfEach(RootAllocator allocator) throws IOException {
        TinyIntVector tiny = new TinyIntVector("tiny", allocator);
        tiny.setSafe(0, -7);
        UInt8Vector unsigned = new UInt8Vector("unsigned", allocator);
        unsigned.setSafe(0, -1L);
        Float4Vector single = new Float4Vector("single", allocator);
        single.setSafe(0, 0.5f);
        DecimalVector decimal = new DecimalVector("decimal", allocator, 20, 3);
        decimal.setSafe(0, new BigDecimal("12.345"));
        LargeVarCharVector large = new LargeVarCharVector("large", allocator);
        large.setSafe(0, "é".getBytes(StandardCharsets.UTF_8));
        TimeStampNanoTZVector time = new TimeStampNanoTZVector("time", allocator, "UTC");
        time.setSafe(0, -1);
        VarCharVector words = new VarCharVector("words", allocator);
        words.setSafe(0, "Oslo".getBytes(StandardCharsets.UTF_8));
        words.setValueCount(1);
        Dictionary dictionary =
                new Dictionary(words, new DictionaryEncoding(5, false, new ArrowType.Int(Byte.SIZE, true)));
        VarCharVector city = new VarCharVector("city", allocator);
        city.setSafe(0, "Oslo".getBytes(StandardCharsets.UTF_8));
        city.setValueCount(2);
        FieldVector encoded = (FieldVector) DictionaryEncoder.encode(city, dictionary);
        List<FieldVector> vectors =
                List.of(tiny, unsigned, single, decimal, large, time, encoded, new NullVector("nothing"));
        vectors.forEach(vector -> vector.setValueCount(2));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VectorSchemaRoot root = new VectorSchemaRoot(vectors);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, new MapDictionaryProvider(dictionary), bytes)) {
            root.setRowCount(2);
            writer.start();
            writer.writeBatch();
            writer.end();
        }
        city.close();
        words.close();
        return bytes.toByteArray();
    }

    @Test
    void readsEveryTypeThatIsOneValue() throws IOException {
        MemoryAccessWarning.silence();
        byte[] stream;
        try (RootAllocator allocator = new RootAllocator()) {
            stream = oneOfEach(allocator);
        }
        Table table = read(stream, 2).getFirst();
        assertEquals(
                List.of("tiny", "unsigned", "single", "decimal", "large", "time", "city", "nothing"), table.names());
        for (Column column : table.columns()) {
            assertEquals(!column.name().equals("nothing"), !column.isNull(0), column.name());
            assertEquals(true, column.isNull(1), column.name());
        }
        assertEquals(-7, ((Column.Integers) table.columns().get(0)).values()[0]);
        assertEquals(0x1p64, ((Column.Doubles) table.columns().get(1)).values()[0]);
        assertEquals(0.5, ((Column.Doubles) table.columns().get(2)).values()[0]);
        assertEquals(12.345, ((Column.Doubles) table.columns().get(3)).values()[0]);
        assertEquals("é", ((Column.Texts) table.columns().get(4)).dictionary()[0]);
        assertEquals(-1, ((Column.Timestamps) table.columns().get(5)).epochMicros()[0]);
        assertArrayEquals(new int[] {0, -1}, ((Column.Texts) table.columns().get(6)).codes());
        assertEquals("Oslo", ((Column.Texts) table.columns().get(6)).dictionary()[0]);
    }

    @Test
    void readsWhatItWritesBatchByBatch() throws IOException {
        ArrowStream.Writer writer = ArrowStream.writer(Map.of("model", "m"));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int batch = 0; batch < 3; batch++) {
            long[] values = {batch, 10 + batch};
            stream.writeBytes(writer.batch(
                    new Table(
                            List.of(
                                    new Column.Integers("n", values, new BitSet()),
                                    new Column.Integers("skipped", values, new BitSet())),
                            2),
                    batch == 2));
        }
        List<Table> batches = read(stream.toByteArray(), 2);
        assertEquals(3, batches.size());
        assertEquals(List.of("n"), batches.get(1).names());
        assertArrayEquals(
                new long[] {1, 11}, ((Column.Integers) batches.get(1).columns().getFirst()).values());
        SmewException many = assertThrows(SmewException.class, () -> read(stream.toByteArray(), 1));
        assertEquals(Fault.TOO_LARGE, many.fault());
        byte[] half = Arrays.copyOf(stream.toByteArray(), stream.size() / 2);
        assertEquals(
                Fault.USAGE,
                assertThrows(SmewException.class, () -> read(half, 2)).fault());
    }

    @Test
    void takesNoMemoryForWhatIsOnlySaidToCome() {
        for (int length : new int[] {Integer.MAX_VALUE, -2, 1 << 28, 4}) {
            byte[] stream = {
                -1, -1, -1, -1, (byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) (length >> 24), 0, 0
            };
            assertEquals(
                    Fault.USAGE,
                    assertThrows(SmewException.class, () -> read(stream, 2)).fault());
        }
        assertEquals(
                Fault.USAGE,
                assertThrows(SmewException.class, () -> read(new byte[0], 2)).fault());
    }
}
