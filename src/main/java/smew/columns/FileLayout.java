package smew.columns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Where the buffers of an Arrow file lie. Every place is compared with the length of the file before it is handed out, so that who
 * reads there stays inside, whatever the file says of itself.
 *
 * @param metadata text kept in the schema
 * @param batches those that have rows
 */
record FileLayout(Map<String, String> metadata, List<Named> columns, List<Batch> batches) {

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** In place of where validity lies: there is no null. */
    static final long NO_NULL = -1;

    /** In place of where validity lies: there is nothing else. */
    static final long ALL_NULL = -2;

    private static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};

    /** Of the footer: its length, and the same again as at the beginning. */
    private static final int TAIL_BYTES = Integer.BYTES + 6;

    private static final int HEAD_BYTES = 8;
    private static final int BLOCK_BYTES = 24;
    private static final int ONES = -1;

    /** Arrays may not be longer. */
    private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

    /** A column. */
    record Named(String name, Stored stored) {}

    /**
     * One record batch; places from the beginning of the file, by column.
     *
     * @param validity one bit a row, or {@link #NO_NULL}, or {@link #ALL_NULL}
     * @param values of texts, where they end
     * @param texts the bytes of texts
     * @param textBytes how many
     */
    record Batch(int rows, long[] validity, long[] values, long[] texts, long[] textBytes) {}

    /**
     * Reads the footer and the head of every batch, and no value.
     *
     * @throws RuntimeException where the file is no Arrow file, or a damaged one
     */
    static FileLayout of(MemorySegment file) {
        long size = file.byteSize();
        check(
                size > HEAD_BYTES + TAIL_BYTES && isMagic(file, 0) && isMagic(file, size - MAGIC.length),
                "it is cut off");
        long length = file.get(INT, size - TAIL_BYTES);
        long end = size - TAIL_BYTES - length;
        check(length > 0 && end >= HEAD_BYTES, "its footer has " + length + " bytes");
        Footer footer = Footer.getRootAsFooter(bytes(file, end, length));
        check(footer.schema().endianness() == Endianness.Little, "its numbers are big-endian");
        Schema schema = footer.schema();
        // A damaged length must not make anybody reserve memory for it: each entry has an offset in the footer.
        check(
                schema.fieldsLength() <= length / Integer.BYTES
                        && schema.customMetadataLength() <= length / Integer.BYTES,
                "its schema is longer than its footer");
        List<Named> columns = columns(schema);
        List<Stored> stored = columns.stream().map(Named::stored).toList();
        int blocks = footer.recordBatchesLength();
        check(blocks >= 0 && blocks <= length / BLOCK_BYTES, "it has " + blocks + " batches");
        List<Batch> batches = new ArrayList<>();
        long rows = 0;
        for (int i = 0; i < blocks; i++) {
            Batch batch = batch(file.asSlice(0, end), footer.recordBatches(i), stored);
            if (batch.rows > 0) {
                batches.add(batch);
            }
            rows += batch.rows;
            check(rows <= MOST_ROWS, "it has more than " + MOST_ROWS + " rows");
        }
        return new FileLayout(metadata(schema), columns, batches);
    }

    // Not by Arrow's own classes for schemas and fields, with which a mapper of JSON and a logger come: they would cost
    // a start 0.1 s.

    private static List<Named> columns(Schema schema) {
        return IntStream.range(0, schema.fieldsLength())
                .mapToObj(i -> {
                    Field field = schema.fields(i);
                    return new Named(field.name(), Stored.of(field));
                })
                .toList();
    }

    private static Map<String, String> metadata(Schema schema) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < schema.customMetadataLength(); i++) {
            KeyValue entry = schema.customMetadata(i);
            metadata.put(entry.key(), entry.value());
        }
        return metadata;
    }

    private static Batch batch(MemorySegment file, Block block, List<Stored> stored) {
        long body = block.offset() + block.metaDataLength();
        checkInside(block.offset(), block.metaDataLength(), file.byteSize(), "the head of a batch");
        checkInside(body, block.bodyLength(), file.byteSize(), "a batch");
        // Before Arrow 0.15 the ones in front of the length were not there.
        int prefix = file.get(INT, block.offset()) == ONES ? 2 * Integer.BYTES : Integer.BYTES;
        Message message =
                Message.getRootAsMessage(bytes(file, block.offset() + prefix, (long) block.metaDataLength() - prefix));
        check(message.headerType() == MessageHeader.RecordBatch, "a batch is none");
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
        check(batch.compression() == null, "its batches are packed inside");
        check(batch.length() >= 0 && batch.length() <= MOST_ROWS, "a batch has " + batch.length() + " rows");
        check(
                batch.nodesLength() == stored.size()
                        && batch.buffersLength()
                                == stored.stream().mapToInt(Stored::buffers).sum(),
                "a batch has " + batch.nodesLength() + " columns of " + batch.buffersLength() + " buffers");
        return new Buffers(batch, body, block.bodyLength()).of(stored);
    }

    /** The buffers of one batch, one after the other. */
    private static final class Buffers {

        private final RecordBatch batch;
        private final long body;
        private final long bodyBytes;
        private final int rows;
        private final Batch places;
        private int next;

        Buffers(RecordBatch batch, long body, long bodyBytes) {
            this.batch = batch;
            this.body = body;
            this.bodyBytes = bodyBytes;
            this.rows = (int) batch.length();
            int columns = batch.nodesLength();
            this.places = new Batch(rows, new long[columns], new long[columns], new long[columns], new long[columns]);
        }

        Batch of(List<Stored> stored) {
            for (int column = 0; column < stored.size(); column++) {
                FieldNode node = batch.nodes(column);
                check(node.length() == rows, "a column has " + node.length() + " rows in a batch of " + rows);
                check(node.nullCount() >= 0 && node.nullCount() <= rows, node.nullCount() + " of them are null");
                places.validity[column] = validity(node.nullCount());
                // A batch without rows may leave out even where its first text begins.
                places.values[column] = take(rows == 0 ? 0 : stored.get(column).bytes(rows));
                if (stored.get(column) == Stored.TEXT) {
                    places.textBytes[column] = batch.buffers(next).length();
                    places.texts[column] = take(0);
                }
            }
            return places;
        }

        /** As Arrow's own reader: the count is believed before the bits. */
        private long validity(long nulls) {
            long at = take(nulls == 0 || nulls == rows ? 0 : Stored.BIT.bytes(rows));
            if (nulls == 0) {
                return NO_NULL;
            }
            return nulls == rows ? ALL_NULL : at;
        }

        private long take(long least) {
            Buffer buffer = batch.buffers(next++);
            checkInside(buffer.offset(), buffer.length(), bodyBytes, "a buffer");
            check(buffer.length() >= least, "a buffer has " + buffer.length() + " bytes, expected " + least);
            return body + buffer.offset();
        }
    }

    private static boolean isMagic(MemorySegment file, long at) {
        return file.asSlice(at, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) < 0;
    }

    /** In place: a length that is wrong must not become an array. */
    private static ByteBuffer bytes(MemorySegment file, long at, long length) {
        return file.asSlice(at, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void checkInside(long at, long length, long size, String what) {
        check(
                at >= 0 && length >= 0 && length <= size && at <= size - length,
                what + " lies at " + at + ", " + length + " bytes long, of " + size);
    }

    private static void check(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException(found);
        }
    }
}
