package smew.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Asks a server on this machine as fast as it answers: every connection has one request under way. One thread with a
 * selector does it all, so that the server keeps most of the machine.
 */
final class HttpLoad {

    /** Bounds the memory for latencies, and with it a run that would never end. */
    private static final int MOST_REQUESTS = 2_000_000;

    private static final long SILENCE_MILLIS = 10_000;

    private final InetSocketAddress server;
    private final int connections;
    private final List<byte[]> requests;

    HttpLoad(int port, int connections, List<byte[]> requests) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.connections = connections;
        this.requests = List.copyOf(requests);
    }

    /**
     * What came back.
     *
     * @param sortedNanos from sending a request to having its whole answer
     */
    record Outcome(long[] sortedNanos, double seconds) {
        double perSecond() {
            return sortedNanos.length / seconds;
        }

        /** The latency that this share of all answers kept. */
        double millis(double share) {
            return sortedNanos[(int) Math.min(sortedNanos.length - 1, Math.round(share * sortedNanos.length))] / 1e6;
        }
    }

    /** Opens connections, asks at random until the time is over, and closes them. */
    Outcome run(Duration time) throws IOException {
        try (Selector selector = Selector.open()) {
            SplittableRandom random = new SplittableRandom(42);
            ByteBuffer read = HttpConnection.buffer();
            try {
                for (int i = 0; i < connections; i++) {
                    SocketChannel channel = SocketChannel.open(server);
                    channel.configureBlocking(false);
                    HttpConnection connection = HttpConnection.ofMany(channel, read, false);
                    channel.register(selector, SelectionKey.OP_READ, connection);
                }
                return run(selector, random, time);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private Outcome run(Selector selector, SplittableRandom random, Duration time) throws IOException {
        long[] nanos = new long[1 << 16];
        int answers = 0;
        long start = System.nanoTime();
        long end = start + time.toNanos();
        for (SelectionKey key : selector.keys()) {
            ((HttpConnection) key.attachment()).send(any(random));
        }
        while (System.nanoTime() < end && answers < MOST_REQUESTS) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                throw new IOException("The server at " + server + " was silent for " + SILENCE_MILLIS + " ms.");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                HttpConnection connection = (HttpConnection) key.attachment();
                if (connection.receive()) {
                    if (answers == nanos.length) {
                        nanos = Arrays.copyOf(nanos, 2 * answers);
                    }
                    nanos[answers++] = connection.nanosUnderWay();
                    connection.send(any(random));
                }
            }
            selector.selectedKeys().clear();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, answers);
        Arrays.sort(sorted);
        return new Outcome(sorted, seconds);
    }

    private byte[] any(SplittableRandom random) {
        return requests.get(random.nextInt(requests.size()));
    }
}
