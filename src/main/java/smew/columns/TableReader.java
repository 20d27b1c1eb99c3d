package smew.columns;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A {@link Table} as an Arrow stream, for whoever reads one batch after the other: the other way round than {@link TableBuilder}. */
public final class TableReader extends ArrowReader {

    private static final int BATCH_ROWS = 1 << 16;

    private final Table table;
    private int next;

    /**
     * Begins at the first row.
     *
     * @param allocator for one batch at a time; the caller closes it after this
     */
    public TableReader(Table table, BufferAllocator allocator) {
        super(allocator);
        this.table = table;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (next == table.rows()) {
            return false;
        }
        int count = Math.min(BATCH_ROWS, table.rows() - next);
        VectorSchemaRoot root = getVectorSchemaRoot();
        // Whoever reads may still hold the last batch: it keeps its memory, and this one gets its own.
        root.clear();
        Batches.fill(root, table, next, count);
        next += count;
        return true;
    }

    /** Nothing is read from anywhere. */
    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return new Schema(Batches.fields(table));
    }
}
