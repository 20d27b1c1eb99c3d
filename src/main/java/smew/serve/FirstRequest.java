package smew.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * Closes connections on which no request has begun in time. Undertow does so itself where a client can speak HTTP/1.1 only. Where it may
 * choose HTTP/2, Undertow waits for ever for the end of a TLS handshake, and for a request behind the preface of HTTP/2 without TLS
 * (measured with 2.4.4). From the first request on Undertow watches all of them.
 */
final class FirstRequest implements HttpHandler {

    /** How often is looked, in a connection's time. */
    private static final int LOOKS = 12;

    private final HttpHandler next;
    private final Duration longest;
    private final ConcurrentMap<SocketAddress, Waiting> waiting = new ConcurrentHashMap<>();

    FirstRequest(HttpHandler next, Duration longest) {
        this.next = next;
        this.longest = longest;
    }

    private record Waiting(StreamConnection connection, long since) {}

    /** Looks from now on, until the thread ends. */
    void start(XnioIoThread thread) {
        try {
            XnioExecutor.Key _ = thread.executeAfter(
                    () -> {
                        look();
                        start(thread);
                    },
                    longest.toNanos() / LOOKS,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            // Its connections end with it.
        }
    }

    /** The same listener, of connections that are watched. */
    ChannelListener<StreamConnection> watching(ChannelListener<StreamConnection> listener) {
        return connection -> {
            waiting.put(connection.getPeerAddress(), new Waiting(connection, System.nanoTime()));
            listener.handleEvent(connection);
        };
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!waiting.isEmpty()) {
            waiting.remove(exchange.getConnection().getPeerAddress());
        }
        next.handleRequest(exchange);
    }

    private void look() {
        long begun = System.nanoTime() - longest.toNanos();
        waiting.forEach((peer, one) -> {
            if (!one.connection.isOpen()) {
                waiting.remove(peer, one);
            } else if (one.since - begun < 0 && waiting.remove(peer, one)) {
                IoUtils.safeClose(one.connection);
            }
        });
    }
}
