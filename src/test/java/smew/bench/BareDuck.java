package smew.bench;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import smew.base.MemoryAccessWarning;

/** DuckDB as anybody uses it through JDBC. */
final class BareDuck implements AutoCloseable {

    /** As large as Smew's, so that batches do not make the difference. */
    private static final long BATCH_ROWS = 1 << 17;

    private final DuckDBConnection connection;

    BareDuck() throws SQLException {
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Takes every batch of a query's Arrow stream and looks at none of its values. */
    long drain(String sql) throws SQLException, IOException {
        MemoryAccessWarning.silence();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql);
                RootAllocator allocator = new RootAllocator();
                ArrowReader reader =
                        (ArrowReader) ((DuckDBResultSet) result).arrowExportStream(allocator, BATCH_ROWS)) {
            long rows = 0;
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
