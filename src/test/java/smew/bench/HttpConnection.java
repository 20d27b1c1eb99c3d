package smew.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One kept connection that expects answers with a Content-Length to everything it asks, and 200 unless told otherwise. */
final class HttpConnection {

    private static final int STATUS = "HTTP/1.1 ".length();
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final boolean mayRefuse;
    private int bodyFrom;
    private int bodyTo;
    private byte[] bytes = new byte[1 << 16];
    private ByteBuffer received = ByteBuffer.wrap(bytes);
    private int expected;
    private long sent;

    HttpConnection(SocketChannel channel) {
        this(channel, false);
    }

    /**
     * One that may be refused.
     *
     * @param mayRefuse whether other answers than 200 are answers
     */
    HttpConnection(SocketChannel channel, boolean mayRefuse) {
        this.channel = channel;
        this.mayRefuse = mayRefuse;
    }

    /** Whether the last answer was 200. */
    boolean isOk() {
        return status() == 200;
    }

    /** The status of the last answer. */
    int status() {
        return 100 * (bytes[STATUS] - '0') + 10 * (bytes[STATUS + 1] - '0') + bytes[STATUS + 2] - '0';
    }

    /** The body of the last answer, until the next request is sent. */
    byte[] body() {
        return Arrays.copyOfRange(bytes, bodyFrom, bodyTo);
    }

    void send(byte[] request) throws IOException {
        sent = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.wrap(request);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Sends a request and waits for its answer. */
    void ask(byte[] request) throws IOException {
        send(request);
        while (!receive()) {
            Thread.onSpinWait();
        }
    }

    /** Reads what has come; true when it is a whole answer, after which the next request may be sent. */
    boolean receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new IOException("The server closed a connection.");
        }
        if (expected == 0) {
            int end = find(END, received.position());
            if (end < 0) {
                return false;
            }
            bodyFrom = end;
            expected = end + bodyBytes(end);
            if (expected > bytes.length) {
                bytes = Arrays.copyOf(bytes, expected);
                received = ByteBuffer.wrap(bytes).position(received.position());
            }
        }
        if (received.position() < expected) {
            return false;
        }
        received.clear();
        bodyTo = expected;
        expected = 0;
        return true;
    }

    long nanosUnderWay() {
        return System.nanoTime() - sent;
    }

    private int bodyBytes(int end) throws IOException {
        int at = find(LENGTH, end);
        if (at < 0 || !(isOk() || mayRefuse)) {
            String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
            throw new IOException(String.format(Locale.ROOT, "Expected 200 with a Content-Length, and got: %s", head));
        }
        int length = 0;
        for (; bytes[at] != '\r'; at++) {
            if (bytes[at] != ' ') {
                length = 10 * length + bytes[at] - '0';
            }
        }
        return length;
    }

    /** Where the text, in small letters, ends in the first bytes; -1 if it is not there. */
    private int find(byte[] text, int limit) {
        for (int from = 0; from + text.length <= limit; from++) {
            int same = 0;
            while (same < text.length && small(bytes[from + same]) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return from + same;
            }
        }
        return -1;
    }

    private static int small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
