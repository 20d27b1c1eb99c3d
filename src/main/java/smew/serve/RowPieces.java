package smew.serve;

import java.nio.charset.StandardCharsets;

/** Text with something in front of its rows and something behind them. */
final class RowPieces implements Pieces {

    private final byte[] before;
    private final byte[] behind;
    private final int rows;
    private final RowWriter writer;
    private int row;

    /** Writes a row, with what separates it from the one before. */
    interface RowWriter {
        void write(JsonBuffer buffer, int row);
    }

    RowPieces(String before, int rows, String behind, RowWriter writer) {
        this.before = before.getBytes(StandardCharsets.UTF_8);
        this.behind = behind.getBytes(StandardCharsets.UTF_8);
        this.rows = rows;
        this.writer = writer;
    }

    @Override
    public boolean next(JsonBuffer buffer) {
        if (row == 0) {
            buffer.raw(before);
        }
        while (row < rows && buffer.length() < BYTES) {
            writer.write(buffer, row++);
        }
        if (row == rows) {
            buffer.raw(behind);
        }
        return row < rows;
    }
}
