package smew.columns;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Message;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * The messages of an Arrow stream, each handed on when it is there as a whole: Arrow takes memory for what a stranger only says
 * is coming. A message is four bytes of ones (not in old streams), the length of its head, the head, and the body whose length the
 * head tells.
 */
final class StreamFrames extends InputStream {

    private static final int ONES = -1;

    /** A schema of ten thousand columns takes two megabytes or so. */
    private static final int LONGEST_HEAD_BYTES = 8_000_000;

    private final InputStream in;
    private final long limitBytes;
    private byte[] message = {};
    private int at;
    private boolean ended;

    StreamFrames(InputStream in, long limitBytes) {
        this.in = in;
        this.limitBytes = limitBytes;
    }

    @Override
    public int read() throws IOException {
        return available() == 0 && !load() ? -1 : message[at++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (available() == 0 && !load()) {
            return -1;
        }
        int taken = Math.min(count, available());
        System.arraycopy(message, at, bytes, from, taken);
        at += taken;
        return taken;
    }

    @Override
    public int available() {
        return message.length - at;
    }

    private boolean load() throws IOException {
        if (ended) {
            return false;
        }
        byte[] start = in.readNBytes(4);
        if (start.length == 0) {
            ended = true;
            return false;
        }
        int length = number(start);
        if (length == ONES) {
            length = number(in.readNBytes(4));
        }
        if (length == 0) {
            ended = true;
            return false;
        }
        if (length < 0 || length > LONGEST_HEAD_BYTES) {
            throw new IOException("A head has " + length + " bytes.");
        }
        byte[] head = whole(length);
        long body = Message.getRootAsMessage(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN))
                .bodyLength();
        if (body < 0) {
            throw new IOException("A body has " + body + " bytes.");
        }
        if (body > limitBytes) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading the Arrow stream: a batch has " + body + " bytes, expected at most " + limitBytes
                            + ". Send smaller batches.");
        }
        byte[] rest = whole((int) body);
        message = ByteBuffer.allocate(8 + head.length + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(ONES)
                .putInt(head.length)
                .put(head)
                .put(rest)
                .array();
        at = 0;
        return true;
    }

    private byte[] whole(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("A message breaks off.");
        }
        return bytes;
    }

    private static int number(byte[] bytes) throws IOException {
        if (bytes.length < 4) {
            throw new EOFException("A message breaks off.");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
