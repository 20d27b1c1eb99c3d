package smew.duck;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBResultSet;

/** Rows as an Arrow IPC stream of one batch, in the types that DuckDB gives them. */
final class SandboxArrow {

    /** A stream of Arrow, and whether there were more rows. */
    record Written(byte[] bytes, boolean more) {}

    private SandboxArrow() {}

    static Written write(ResultSet rows, int limit, int limitBytes) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean more = false;
        try (RootAllocator allocator = new RootAllocator();
                ArrowReader reader = (ArrowReader) ((DuckDBResultSet) rows).arrowExportStream(allocator, limit + 1L)) {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            try (ArrowStreamWriter writer = new ArrowStreamWriter(batch, reader, Channels.newChannel(out))) {
                writer.start();
                int written = 0;
                while (!more && reader.loadNextBatch()) {
                    int count = batch.getRowCount();
                    more = written + count > limit;
                    // Setting fewer rows cuts the rest off.
                    batch.setRowCount(Math.min(count, limit - written));
                    writer.writeBatch();
                    written += count;
                    if (out.size() > limitBytes) {
                        throw SandboxText.tooLarge(limitBytes);
                    }
                }
                writer.end();
            }
        }
        return new Written(out.toByteArray(), more);
    }
}
