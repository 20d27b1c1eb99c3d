package smew.serve;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Sends an answer piece by piece: the next one is made when the client has taken the last. No thread waits for it. */
final class PieceSender implements IoCallback {

    private static final Logger LOG = System.getLogger("smew.serve");

    private final Request request;
    private final Pieces pieces;
    private final @Nullable Gzip gzip;
    private final JsonBuffer buffer;
    private final JsonBuffers buffers;
    private boolean last;

    /** Packs pieces as one file. */
    private static final class Gzip {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final GZIPOutputStream packing;

        Gzip() throws IOException {
            packing = new GZIPOutputStream(bytes, 512, true);
        }

        ByteBuffer packed(ByteBuffer piece, boolean last) throws IOException {
            packing.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
            if (last) {
                packing.finish();
            } else {
                packing.flush();
            }
            ByteBuffer packed = ByteBuffer.wrap(bytes.toByteArray());
            bytes.reset();
            return packed;
        }
    }

    private PieceSender(
            Request request, JsonBuffer buffer, boolean last, Pieces pieces, JsonBuffers buffers, boolean packed)
            throws IOException {
        this.request = request;
        this.buffer = buffer;
        this.last = last;
        this.pieces = pieces;
        this.buffers = buffers;
        this.gzip = packed ? new Gzip() : null;
    }

    /**
     * Sends a piece and those that follow it. The head of the answer says everything but its length, which is known of a single piece.
     *
     * @param buffer with the first piece; the others come into it too, and it goes back when all are sent
     * @param more whether others follow
     */
    static void send(Request request, JsonBuffer buffer, boolean more, Pieces rest, JsonBuffers buffers) {
        HttpServerExchange exchange = request.exchange();
        try {
            new PieceSender(request, buffer, !more, rest, buffers, Packing.isAskedFor(exchange))
                    .send(exchange.getResponseSender());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void send(Sender sender) throws IOException {
        ByteBuffer piece = buffer.toByteBuffer();
        ByteBuffer bytes = gzip == null ? piece : gzip.packed(piece, last);
        request.allowTimeFor(bytes.remaining());
        if (last && !request.exchange().isResponseStarted()) {
            request.exchange().setResponseContentLength(bytes.remaining());
        }
        sender.send(bytes, this);
    }

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
        if (last) {
            buffers.giveBack(buffer);
            IoCallback.END_EXCHANGE.onComplete(exchange, sender);
            return;
        }
        try {
            last = !pieces.next(buffer.clear());
            send(sender);
        } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            // Half an answer must not look like a whole one.
            LOG.log(Level.ERROR, "Writing an answer failed", failed);
            IoUtils.safeClose(exchange.getConnection());
            exchange.endExchange();
        }
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException gone) {
        IoCallback.END_EXCHANGE.onException(exchange, sender, gone);
    }
}
