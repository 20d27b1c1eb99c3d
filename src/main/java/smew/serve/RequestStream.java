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

    private final StreamSourceChannel channel;
    private final Duration patience;
    private final long start = System.nanoTime();
    private long received;

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
            long left = patience.toNanos()
                    + TimeUnit.SECONDS.toNanos(received / SLOWEST_BYTES_PER_SECOND)
                    - (System.nanoTime() - start);
            if (left <= 0) {
                throw tooSlow(patience);
            }
            channel.awaitReadable(left, TimeUnit.NANOSECONDS);
            read = channel.read(buffer);
        }
        received += Math.max(0, read);
        return read;
    }

    static SmewException tooSlow(Duration patience) {
        return new SmewException(
                Fault.TIMEOUT,
                "The body did not come within " + patience.toMillis()
                        + " ms, or came more slowly than 64 KB a second after that. Send it faster, or in parts.");
    }
}
