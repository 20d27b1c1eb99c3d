package smew.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * Closes connections on which no request has been under way for long. Undertow does so itself where a client can speak HTTP/1.1 only.
 * Where it may choose HTTP/2, Undertow waits for ever for the end of a TLS handshake, for a request behind the preface of HTTP/2 without
 * TLS, and for another one behind a stream that was reset (measured with 2.4.4).
 */
final class IdleConnections implements HttpHandler {

    /** How often is looked, in the time that a connection has. */
    private static final int LOOKS = 12;

    private static final AttachmentKey<StreamConnection> OF_REQUEST = AttachmentKey.create(StreamConnection.class);

    private final HttpHandler next;
    private final long longestNanos;
    private final ConcurrentMap<SocketAddress, Watched> open = new ConcurrentHashMap<>();

    /** @param longest of a connection; where Undertow watches as well, it comes first and says good-bye */
    IdleConnections(HttpHandler next, Duration longest) {
        this.next = next;
        this.longestNanos = longest.plus(longest.dividedBy(LOOKS)).toNanos();
    }

    /** A connection and what is under way on it. */
    private static final class Watched {

        private final StreamConnection connection;
        private final AtomicInteger requests = new AtomicInteger();

        /** Nanoseconds of the system's clock at which a request was over last. */
        private volatile long since = System.nanoTime();

        Watched(StreamConnection connection) {
            this.connection = connection;
        }

        boolean isOver(long now, long longestNanos) {
            return requests.get() == 0 && now - since > longestNanos;
        }

        void leave() {
            since = System.nanoTime();
            requests.decrementAndGet();
        }
    }

    /** Looks from now on, until the thread ends. */
    void start(XnioIoThread thread) {
        try {
            XnioExecutor.Key _ = thread.executeAfter(
                    () -> {
                        look();
                        start(thread);
                    },
                    longestNanos / LOOKS,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            // Its connections end with it.
        }
    }

    /** The same listener, of connections that are watched. */
    ChannelListener<StreamConnection> watching(ChannelListener<StreamConnection> listener) {
        return connection -> {
            open.put(connection.getPeerAddress(), new Watched(connection));
            listener.handleEvent(connection);
        };
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Watched watched = open.get(exchange.getConnection().getPeerAddress());
        if (watched != null) {
            watched.requests.incrementAndGet();
            exchange.putAttachment(OF_REQUEST, watched.connection);
            exchange.addExchangeCompleteListener((over, then) -> {
                watched.leave();
                then.proceed();
            });
        }
        next.handleRequest(exchange);
    }

    /** Ends the connection of a request, which for HTTP/2 is that of others, too. */
    static void end(HttpServerExchange exchange) {
        IoUtils.safeClose(exchange.getAttachment(OF_REQUEST));
    }

    private void look() {
        long now = System.nanoTime();
        open.forEach((peer, watched) -> {
            boolean over = watched.isOver(now, longestNanos);
            if ((over || !watched.connection.isOpen()) && open.remove(peer, watched)) {
                IoUtils.safeClose(watched.connection);
            }
        });
    }
}
