package smew.serve;

import java.util.Map;
import smew.columns.ArrowStream;
import smew.columns.Table;

/** Columns as an Arrow stream, one batch after the other. */
final class ArrowPieces implements Pieces {

    private final int rows;
    private final Rows source;
    private final ArrowStream.Writer writer;
    private int row;

    /** Some of the rows as columns, always the same ones. */
    interface Rows {
        Table columns(int from, int to);
    }

    /**
     * Begins at the first row.
     *
     * @param metadata kept in the schema
     */
    ArrowPieces(int rows, Map<String, String> metadata, Rows source) {
        this.rows = rows;
        this.source = source;
        this.writer = ArrowStream.writer(metadata);
    }

    @Override
    public boolean next(JsonBuffer buffer) {
        int to = Math.min(rows, row + InvocationRows.BATCH);
        buffer.raw(writer.batch(source.columns(row, to), to == rows));
        row = to;
        return row < rows;
    }
}
