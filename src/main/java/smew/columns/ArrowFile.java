package smew.columns;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
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
     * Reads a whole file into plain arrays, on all processors.
     *
     * @throws SmewException NOT_FOUND without the file, DATA when it is damaged
     */
    public static Table read(Path file) {
        return opened(file, (channel, size) -> {
            try (Arena arena = Arena.ofShared()) {
                return new MappedTable(channel.map(MapMode.READ_ONLY, 0, size, arena)).read();
            }
        });
    }

    /**
     * Leaves a file where it is, to copy rows out of it when they are asked for.
     *
     * @throws SmewException NOT_FOUND without the file, DATA when it is damaged
     */
    public static MappedTable map(Path file) {
        // Requests, logs and threads that score may hold on to rows of a release when another one is served: only the
        // collector
        // knows when the last of them has gone. Until then the mapping takes no memory that the machine could not have
        // back.
        return opened(
                file, (channel, size) -> new MappedTable(channel.map(MapMode.READ_ONLY, 0, size, Arena.ofAuto())));
    }

    private interface Opened<T> {
        T with(FileChannel channel, long size) throws IOException;
    }

    private static <T> T opened(Path file, Opened<T> use) {
        try (FileChannel channel = FileChannel.open(file)) {
            return use.with(channel, channel.size());
        } catch (NoSuchFileException missing) {
            throw new SmewException(Fault.NOT_FOUND, "Reading " + file + ": there is no such file.", missing);
        } catch (IOException | RuntimeException | StackOverflowError damaged) {
            // A field of a schema may be damaged so that it lies within itself.
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
        Schema schema = new Schema(Batches.fields(table), new TreeMap<>(metadata));
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
            writer.start();
            for (int from = 0; from < table.rows(); from += BATCH_ROWS) {
                Batches.fill(root, table, from, Math.min(BATCH_ROWS, table.rows() - from));
                writer.writeBatch();
            }
            writer.end();
        }
    }

    /** The key-value metadata of a file's schema. */
    public static Map<String, String> metadata(Path file) {
        return opened(file, (channel, size) -> {
            try (Arena arena = Arena.ofConfined()) {
                return FileLayout.of(channel.map(MapMode.READ_ONLY, 0, size, arena))
                        .metadata();
            }
        });
    }
}
