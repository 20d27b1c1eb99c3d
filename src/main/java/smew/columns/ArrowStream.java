package smew.columns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.MemoryAccessWarning;
import smew.base.SmewException;

/** Arrow IPC streams, as strangers send them over a network and are sent them. */
public final class ArrowStream {

    /** What Arrow keeps beside a batch: its validity, and dictionaries. */
    private static final long BESIDE_BYTES = 16_000_000;

    private ArrowStream() {}

    /** Hears the batches of a stream one by one. */
    @FunctionalInterface
    public interface Taking {

        /**
         * Takes a batch.
         *
         * @param batch those columns of it that are wanted
         */
        void take(Table batch);
    }

    /**
     * Reads a stream, one batch after the other. Numbers of all kinds become {@link Column.Integers} or {@link Column.Doubles},
     * texts and dictionaries of texts {@link Column.Texts}, dates and timestamps of all units days and microseconds.
     *
     * @param wanted by name: other columns are passed over, whatever they hold
     * @param limitBytes of one batch
     * @param limitRows how many rows there may be from now on, asked before each batch is taken
     * @throws SmewException USAGE where it is no Arrow stream or a damaged one, TOO_LARGE beyond a limit, DATA where a wanted column
     *     is of a type that is no single value, or is there twice
     * @throws IOException when the stream cannot be read
     */
    public static void read(
            InputStream in, Predicate<String> wanted, long limitBytes, IntSupplier limitRows, Taking batches)
            throws IOException {
        MemoryAccessWarning.silence();
        Source source = new Source(in);
        try (StreamMemory memory = new StreamMemory()) {
            ArrowStreamReader reader = new ArrowStreamReader(
                    Channels.newChannel(new StreamFrames(source, limitBytes)),
                    memory.allocator(2 * limitBytes + BESIDE_BYTES),
                    NoPacking.FACTORY);
            VectorSchemaRoot root = parsed(source, () -> {
                VectorSchemaRoot read = reader.getVectorSchemaRoot();
                checkNames(read.getSchema(), wanted);
                return read;
            });
            while (parsed(source, reader::loadNextBatch)) {
                batches.take(parsed(source, () -> table(reader, root, wanted, limitRows.getAsInt())));
            }
        }
    }

    /** Something that Arrow does with bytes of a stranger. */
    private interface Parsing<T> {
        T now() throws IOException;
    }

    /** Whatever Arrow throws at bytes of a stranger, they are what is wrong. */
    private static <T> T parsed(Source source, Parsing<T> parsing) throws IOException {
        try {
            return parsing.now();
        } catch (SmewException known) {
            throw known;
        } catch (OutOfMemoryException large) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading the Arrow stream: a batch takes more memory than one may. Send smaller batches.",
                    large);
        } catch (IOException | RuntimeException | AssertionError damaged) {
            if (source.failure != null) {
                throw source.failure;
            }
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: it is no Arrow stream, or a damaged one. Send a schema, batches and an end, as"
                            + " the IPC streaming format has it.",
                    damaged);
        }
    }

    private static void checkNames(Schema schema, Predicate<String> wanted) {
        Set<String> seen = new HashSet<>();
        schema.getFields().forEach(field -> {
            if (wanted.test(field.getName()) && !seen.add(field.getName())) {
                throw new SmewException(
                        Fault.DATA, "Reading the Arrow stream: column " + field.getName() + " is there twice.");
            }
        });
    }

    private static Table table(ArrowStreamReader reader, VectorSchemaRoot root, Predicate<String> wanted, int limitRows)
            throws IOException {
        int rows = root.getRowCount();
        if (rows < 0 || rows > limitRows) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading the Arrow stream: a batch has " + rows + " rows, and that is more than " + limitRows
                            + ", which is the limit of this server. Send them in several requests.");
        }
        List<Column> columns = new ArrayList<>();
        for (FieldVector vector : root.getFieldVectors()) {
            if (wanted.test(vector.getName())) {
                columns.add(VectorColumn.of(vector, rows, reader.getDictionaryVectors()));
            }
        }
        return new Table(columns, rows);
    }

    /**
     * A stream of tables with the same columns.
     *
     * @param metadata text kept in the schema
     */
    public static Writer writer(Map<String, String> metadata) {
        return new Writer(metadata);
    }

    /** Turns tables into the bytes of a stream, piece by piece. */
    public static final class Writer {

        private final Map<String, String> metadata;
        private boolean begun;

        private Writer(Map<String, String> metadata) {
            this.metadata = new TreeMap<>(metadata);
        }

        /**
         * The bytes of a batch, with the schema in front where it is the first.
         *
         * @param last nothing follows: the end of the stream is added
         */
        public byte[] batch(Table table, boolean last) {
            MemoryAccessWarning.silence();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Schema schema = new Schema(Batches.fields(table), metadata);
            try (RootAllocator allocator = new RootAllocator();
                    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                    ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
                writer.start();
                if (begun) {
                    bytes.reset();
                }
                begun = true;
                Batches.fill(root, table, 0, table.rows());
                writer.writeBatch();
                byte[] whole = bytes.toByteArray();
                if (!last) {
                    return whole;
                }
                writer.end();
                return bytes.toByteArray();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** Remembers how reading failed, to tell it from bytes that make no sense. */
    private static final class Source extends InputStream {

        private final InputStream in;
        private @Nullable IOException failure;

        Source(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                return in.read(bytes, from, count);
            } catch (IOException failed) {
                failure = failed;
                throw failed;
            }
        }
    }
}
