package smew.duck;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.duckdb.DuckDBConnection;

/**
 * Rows of an answer as a Parquet file. DuckDB writes one to disk only, and the database of the query is shut in: so another one, which no
 * query of a stranger ever reaches, takes the finished rows.
 */
final class SandboxParquet {

    private SandboxParquet() {}

    /**
     * Writes.
     *
     * @param arrow an Arrow IPC stream, within the limit of the answer already
     */
    static byte[] write(byte[] arrow, long memoryBytes, int limitBytes) throws SQLException, IOException {
        Path folder = Files.createTempDirectory("smew-parquet-");
        Path file = folder.resolve("answer.parquet");
        try {
            copy(arrow, file, memoryBytes);
            if (Files.size(file) > limitBytes) {
                throw SandboxText.tooLarge(limitBytes);
            }
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void copy(byte[] arrow, Path file, long memoryBytes) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", memoryBytes + "B");
        properties.setProperty("temp_directory", "");
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow), allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                DuckDBConnection connection =
                        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
                Statement statement = connection.createStatement()) {
            Data.exportArrayStream(allocator, reader, stream);
            connection.registerArrowStream("answer", stream);
            statement.execute(
                    "COPY (FROM answer) TO " + Duck.literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd)");
        }
    }
}
