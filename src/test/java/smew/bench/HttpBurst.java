package smew.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.IntSupplier;

/** Sends one request on each of many connections at once, from one thread with a selector. */
record HttpBurst(int port, List<byte[]> requests) {

    private static final long SILENCE_MILLIS = 30_000;
    private static final int LOOK_EVERY = 100;

    /**
     * What came back.
     *
     * @param seconds from the first request to the last answer, connections being open before
     * @param most the greatest figure that was seen while answers were awaited
     */
    record Outcome(double seconds, int most) {}

    /** Asks all and waits for all. */
    Outcome run(IntSupplier figure) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Selector selector = Selector.open()) {
            ByteBuffer read = HttpConnection.buffer();
            try {
                for (int i = 0; i < requests.size(); i++) {
                    SocketChannel channel = SocketChannel.open(server);
                    channel.configureBlocking(false);
                    HttpConnection connection = HttpConnection.ofMany(channel, read, false);
                    channel.register(selector, SelectionKey.OP_READ, connection);
                }
                return run(selector, figure);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private Outcome run(Selector selector, IntSupplier figure) throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        for (SelectionKey key : selector.keys()) {
            ((HttpConnection) key.attachment()).send(requests.get(sent++));
        }
        int most = figure.getAsInt();
        int answered = 0;
        while (answered < sent) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new IOException(answered + " of " + sent + " requests were answered, then all was silent.");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                if (((HttpConnection) key.attachment()).receive() && ++answered % LOOK_EVERY == 0) {
                    most = Math.max(most, figure.getAsInt());
                }
            }
            selector.selectedKeys().clear();
        }
        return new Outcome((System.nanoTime() - start) / 1e9, most);
    }
}
