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

    /** Text around the rows. */
    RowPieces(String before, int rows, String behind, RowWriter writer) {
        this(before.getBytes(StandardCharsets.UTF_8), rows, behind.getBytes(StandardCharsets.UTF_8), writer);
    }

    /** The same as it will be sent. */
    RowPieces(byte[] before, int rows, byte[] behind, RowWriter writer) {
        this.before = before;
        this.behind = behind;
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
