package smew.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One kept connection that expects answers to everything it asks: of a known length, or in chunks (RFC 9112, 7.1). */
final class HttpConnection {

    /** What is read at once, if it is there. */
    private static final int READ_BYTES = 1 << 18;

    private static final int LONGEST_HEAD_BYTES = 1 << 14;
    private static final int STATUS = "HTTP/1.1 ".length();
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "\ntransfer-encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer read;
    private final boolean keepsBodies;
    private final boolean mayRefuse;
    private final byte[] head = new byte[LONGEST_HEAD_BYTES];
    private int headBytes;
    private boolean inBody;
    private byte[] body = {};
    private int bodyBytes;

    /** Of the body, or of a chunk. */
    private int missing;

    private boolean chunked;
    private boolean isLast;

    /** The length in the line before a chunk, as far as it has come. */
    private int line;

    private boolean lineIsEmpty;
    private long sent;

    private HttpConnection(SocketChannel channel, ByteBuffer read, boolean keepsBodies, boolean mayRefuse) {
        this.channel = channel;
        this.read = read;
        this.keepsBodies = keepsBodies;
        this.mayRefuse = mayRefuse;
    }

    /** One that takes any answer and keeps its body. */
    HttpConnection(SocketChannel channel) {
        this(channel, buffer(), true, true);
    }

    /**
     * One of many that one thread reads: bodies are counted and forgotten, so that the load costs little of the machine.
     *
     * @param read a {@link #buffer} that is theirs together
     * @param mayRefuse whether other answers than 200 are answers
     */
    static HttpConnection ofMany(SocketChannel channel, ByteBuffer read, boolean mayRefuse) {
        return new HttpConnection(channel, read, false, mayRefuse);
    }

    static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(READ_BYTES);
    }

    /** Whether the last answer was 200. */
    boolean isOk() {
        return status() == 200;
    }

    /** The status of the last answer. */
    int status() {
        return 100 * (head[STATUS] - '0') + 10 * (head[STATUS + 1] - '0') + head[STATUS + 2] - '0';
    }

    /** The body of the last answer. */
    byte[] body() {
        return body;
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
        read.clear();
        int bytes = channel.read(read);
        if (bytes < 0) {
            throw new IOException("The server closed a connection.");
        }
        int at = 0;
        if (!inBody) {
            int before = headBytes;
            int copied = Math.min(bytes, head.length - before);
            read.get(0, head, before, copied);
            headBytes += copied;
            int end = find(END, headBytes);
            if (end < 0) {
                return false;
            }
            at = end - before;
            begin(end);
        }
        return chunked ? chunks(at, bytes) : takes(at, bytes - at);
    }

    private void begin(int end) throws IOException {
        headBytes = 0;
        inBody = true;
        bodyBytes = 0;
        chunked = find(CHUNKED, end) >= 0;
        if (!isOk() && !mayRefuse) {
            throw unexpected(end);
        }
        missing = chunked ? 0 : length(end);
        line = 0;
        lineIsEmpty = true;
        body = keepsBodies ? new byte[missing] : body;
    }

    /** Takes bytes of the body, or of a chunk; true when it is whole. */
    private boolean takes(int from, int bytes) {
        if (keepsBodies) {
            if (body.length < bodyBytes + bytes) {
                body = Arrays.copyOf(body, bodyBytes + bytes);
            }
            read.get(from, body, bodyBytes, bytes);
        }
        bodyBytes += bytes;
        missing -= bytes;
        inBody = missing > 0 || chunked;
        return !inBody;
    }

    /** Takes chunks, each behind a line with its length in hexadecimal digits and before an end of line. */
    private boolean chunks(int from, int to) {
        int at = from;
        while (at < to) {
            if (missing > 0) {
                int bytes = Math.min(missing, to - at);
                takes(at, bytes);
                at += bytes;
                continue;
            }
            byte letter = read.get(at++);
            if (letter != '\r' && letter != '\n') {
                line = 16 * line + Character.digit(letter, 16);
                lineIsEmpty = false;
            } else if (letter == '\n' && !lineIsEmpty) {
                missing = line;
                lineIsEmpty = true;
                isLast = line == 0;
                line = 0;
            } else if (letter == '\n' && isLast) {
                isLast = false;
                inBody = false;
                return true;
            }
        }
        return false;
    }

    long nanosUnderWay() {
        return System.nanoTime() - sent;
    }

    private int length(int end) throws IOException {
        int at = find(LENGTH, end);
        if (at < 0) {
            throw unexpected(end);
        }
        int length = 0;
        for (; head[at] != '\r'; at++) {
            if (head[at] != ' ') {
                length = 10 * length + head[at] - '0';
            }
        }
        return length;
    }

    private IOException unexpected(int end) {
        String text = new String(head, 0, end, StandardCharsets.ISO_8859_1);
        return new IOException(String.format(Locale.ROOT, "Expected 200 with a body, and got: %s", text));
    }

    /** Where the text, in small letters, ends in the first bytes; -1 if it is not there. */
    private int find(byte[] text, int limit) {
        for (int from = 0; from + text.length <= limit; from++) {
            int same = 0;
            while (same < text.length && small(head[from + same]) == text[same]) {
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
