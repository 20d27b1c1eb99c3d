package smew.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Batches of a thousand ids at four times the rate that the server can answer, whether it answers or not, beside the rate that it
 * answers when each connection waits for its answer.
 */
final class Overload implements Item {

    private static final int TIMES = 4;
    private static final int WAITING_CONNECTIONS = 8;
    private static final int OFFERING_CONNECTIONS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration RUN = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        List<byte[]> requests = Batches.requests(PredictionRate.ids(bench.store()));
        try (ServerProcess smew = ServerProcess.smew(bench)) {
            HttpLoad waiting = new HttpLoad(smew.port(), WAITING_CONNECTIONS, requests);
            double early = waiting.run(WARM_UP).perSecond();
            // To refuse is code that has to get warm as well.
            offered(smew.port(), requests, TIMES * early, rounds);
            recovered(smew.port(), requests.getFirst(), rounds);
            double capacity = waiting.run(WARM_UP).perSecond();
            List<Rounds.Figures> figures =
                    rounds.of(name(), () -> offered(smew.port(), requests, TIMES * capacity, rounds), () -> {
                        recovered(smew.port(), requests.getFirst(), rounds);
                        return figures(waiting.run(RUN));
                    });
            return List.of(
                    line("answered at " + TIMES + " times the load", Line.Unit.REQUESTS_PER_SECOND, 0, figures),
                    line("99 of 100 of these within", Line.Unit.MILLISECONDS, 1, figures));
        }
    }

    private Line line(String what, Line.Unit unit, int figure, List<Rounds.Figures> figures) {
        return new Line(
                name(),
                what,
                "the same server, each connection waiting for its answer",
                unit,
                figures.get(0).get(figure),
                figures.get(1).get(figure));
    }

    /** Asks until it is answered: what waited when the load ended is worked off first. */
    private void recovered(int port, byte[] request, Rounds rounds) throws IOException {
        long start = System.nanoTime();
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            HttpConnection connection = new HttpConnection(channel);
            do {
                connection.ask(request);
            } while (!connection.isOk());
        }
        rounds.log().printf("%s: recovered after %d ms%n", name(), (System.nanoTime() - start) / 1_000_000);
    }

    private static double[] figures(HttpLoad.Outcome outcome) {
        return new double[] {outcome.perSecond(), outcome.millis(0.99)};
    }

    /** Offers so many requests a second, each on a connection of its own as far as there are any. */
    private double[] offered(int port, List<byte[]> requests, double perSecond, Rounds rounds) throws IOException {
        try (Selector selector = Selector.open()) {
            Deque<HttpConnection> free = new ArrayDeque<>();
            ByteBuffer read = HttpConnection.buffer();
            try {
                for (int i = 0; i < OFFERING_CONNECTIONS; i++) {
                    SocketChannel channel =
                            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    channel.configureBlocking(false);
                    HttpConnection connection = HttpConnection.ofMany(channel, read, true);
                    channel.register(selector, SelectionKey.OP_READ, connection);
                    free.add(connection);
                }
                return offered(selector, free, requests, perSecond, rounds);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private double[] offered(
            Selector selector, Deque<HttpConnection> free, List<byte[]> requests, double perSecond, Rounds rounds)
            throws IOException {
        long[] nanos = new long[1 << 20];
        int answered = 0;
        int refused = 0;
        long offered = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < RUN.toNanos()) {
            double due = (System.nanoTime() - start) / 1e9 * perSecond;
            while (offered < due && !free.isEmpty()) {
                free.removeFirst().send(requests.get((int) (offered++ % requests.size())));
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                HttpConnection connection = (HttpConnection) key.attachment();
                if (connection.receive()) {
                    if (connection.isOk()) {
                        nanos[answered++] = connection.nanosUnderWay();
                    } else {
                        refused++;
                    }
                    free.addLast(connection);
                }
            }
            selector.selectedKeys().clear();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        rounds.log().printf("%s: %d offered, %d answered, %d refused%n", name(), offered, answered, refused);
        long[] sorted = Arrays.copyOf(nanos, answered);
        Arrays.sort(sorted);
        return figures(new HttpLoad.Outcome(sorted, seconds));
    }
}
