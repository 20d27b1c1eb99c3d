package smew.serve;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends a body out of the server's own buffers, outside the heap, where the socket takes it without another copy. */
final class Reply implements IoCallback {

    private final PooledByteBuffer pooled;

    private Reply(PooledByteBuffer pooled) {
        this.pooled = pooled;
    }

    /** Sends and ends the exchange. The body may be written over when this returns, unless it is longer than a pooled buffer. */
    static void send(HttpServerExchange exchange, ByteBuffer body) {
        if (body.remaining() > JsonBuffers.SHARED_BYTES) {
            exchange.getResponseSender().send(body);
            return;
        }
        // A sender with a callback cannot know that nothing follows.
        exchange.setResponseContentLength(body.remaining());
        PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate();
        pooled.getBuffer().put(body).flip();
        exchange.getResponseSender().send(pooled.getBuffer(), new Reply(pooled));
    }

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
        pooled.close();
        IoCallback.END_EXCHANGE.onComplete(exchange, sender);
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException failed) {
        pooled.close();
        IoCallback.END_EXCHANGE.onException(exchange, sender, failed);
    }
}
