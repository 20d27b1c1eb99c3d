package smew.serve;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSourceChannel;
import smew.base.Fault;
import smew.base.SmewException;

/** Reads a body while it comes in, on a thread that may wait; a client that is too slow is not waited for. */
final class RequestStream extends BlockStream {

    /** Bytes a second that a client has to keep up on average, after the time that any body may take. */
    private static final long SLOWEST_BYTES_PER_SECOND = 64 * 1024;

    private static final long PAUSE_MILLIS = 500;

    /** A client that pauses for longer makes room where others wait for it. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StreamSourceChannel channel;
    private final Duration patience;
    private final long start = System.nanoTime();
    private long received;
    private volatile boolean pausing;
    private volatile long newest = start;
    private volatile boolean unwanted;

    RequestStream(HttpServerExchange exchange, Duration patience) {
        this.channel = Objects.requireNonNull(exchange.getRequestChannel(), "The body was taken already.");
        this.patience = patience;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
        int read = channel.read(buffer);
        while (read == 0) {
            long left = allowed(patience, received) - (System.nanoTime() - start);
            if (left <= 0) {
                throw tooSlow(patience);
            }
            if (unwanted) {
                throw inTheWay();
            }
            pausing = true;
            // In whole milliseconds: for HTTP/2 Undertow (2.4.4) takes less than one for no limit at all.
            long millis = 1 + TimeUnit.NANOSECONDS.toMillis(Math.min(left, LONGEST_PAUSE_NANOS / 2));
            channel.awaitReadable(millis, TimeUnit.MILLISECONDS);
            read = channel.read(buffer);
        }
        pausing = false;
        newest = System.nanoTime();
        received += Math.max(0, read);
        return read;
    }

    /** Nanoseconds for which the client has sent nothing that is waited for, if so many that it may be sent away; 0 otherwise. */
    long pause() {
        long pause = System.nanoTime() - newest;
        return pausing && pause > LONGEST_PAUSE_NANOS ? pause : 0;
    }

    /** Has whoever reads it give up soon. May be called from any thread. */
    void giveUp() {
        unwanted = true;
    }

    private static SmewException inTheWay() {
        return new SmewException(
                Fault.TIMEOUT,
                "The body paused for more than a second while others waited to be read. Send it without a pause.");
    }

    /** Nanoseconds that so many bytes may take. */
    static long allowed(Duration patience, long bytes) {
        return patience.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND).toNanos();
    }

    /**
     * Reads what a client is still sending and throws it away: whoever sends everything before it reads would never see an answer that
     * comes earlier, because a connection that is closed in between loses it. One that pauses is waiting for its answer.
     *
     * @param most bytes, after which the client has to do without
     */
    void drain(long most) {
        ByteBuffer nothing = ByteBuffer.allocate(1 << 16);
        try {
            long drained = 0;
            while (drained < most && System.nanoTime() - start < patience.toNanos()) {
                int read = channel.read(nothing.clear());
                if (read == 0) {
                    channel.awaitReadable(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    read = channel.read(nothing.clear());
                }
                if (read <= 0) {
                    return;
                }
                drained += read;
            }
        } catch (IOException gone) {
            // It is refused all the same.
            return;
        }
    }

    static SmewException tooSlow(Duration patience) {
        return new SmewException(
                Fault.TIMEOUT,
                "The body did not come within " + patience.toMillis()
                        + " ms, or came more slowly than 64 KB a second after that. Send it faster, or in parts.");
    }
}
