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
    private final JsonBuffer buffer = new JsonBuffer();
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

    private PieceSender(Request request, Pieces pieces, boolean packed) throws IOException {
        this.request = request;
        this.pieces = pieces;
        this.gzip = packed ? new Gzip() : null;
    }

    /**
     * Sends what follows a piece, and the piece before it. The head of the answer says everything but its length.
     *
     * @param first shared, not copied
     */
    static void send(Request request, ByteBuffer first, Pieces rest) {
        HttpServerExchange exchange = request.exchange();
        try {
            PieceSender sender = new PieceSender(request, rest, Packing.isAskedFor(exchange));
            sender.send(exchange.getResponseSender(), first);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void send(Sender sender, ByteBuffer piece) throws IOException {
        ByteBuffer bytes = gzip == null ? piece : gzip.packed(piece, last);
        request.allowTimeFor(bytes.remaining());
        sender.send(bytes, last ? IoCallback.END_EXCHANGE : this);
    }

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
        try {
            last = !pieces.next(buffer.clear());
            send(sender, buffer.toByteBuffer());
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
