package smew.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The network between a client and a server, on loopback: it may break after some bytes, change one, or take them and say nothing. */
public final class Wire implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket server;
    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile IntFunction<Fate> fates = connection -> Fate.WHOLE;

    /**
     * What happens to one connection.
     *
     * @param upBytes after which it breaks on the way to the server
     * @param downBytes after which it breaks on the way back
     * @param altered which byte to the server is changed
     * @param every after how many more another one is
     */
    public record Fate(boolean silent, long upBytes, long downBytes, long altered, long every) {
        public static final Fate WHOLE = new Fate(false, NEVER, NEVER, NEVER, NEVER);
        public static final Fate SILENT = new Fate(true, NEVER, NEVER, NEVER, NEVER);

        public static Fate breaksUpAfter(long bytes) {
            return new Fate(false, bytes, NEVER, NEVER, NEVER);
        }

        public static Fate breaksDownAfter(long bytes) {
            return new Fate(false, NEVER, bytes, NEVER, NEVER);
        }

        public static Fate alters(long at) {
            return new Fate(false, NEVER, NEVER, at, NEVER);
        }

        public static Fate altersEvery(long bytes) {
            return new Fate(false, NEVER, NEVER, bytes, bytes);
        }
    }

    private Wire(ServerSocket server, URI target) {
        this.server = server;
        this.target = target;
    }

    public static Wire to(URI target) {
        try {
            Wire wire = new Wire(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().start(wire::accept);
            return wire;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Decides by the number of a connection, from 1; those that are open break. */
    public void fate(IntFunction<Fate> next) {
        fates = next;
        connections.set(0);
        open.forEach(Wire::close);
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Fate fate = fates.apply(connections.incrementAndGet());
                Thread.ofVirtual().start(() -> serve(client, fate));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket client, Fate fate) {
        try (client) {
            if (fate.silent()) {
                closed.await();
                return;
            }
            try (Socket there = new Socket(target.getHost(), target.getPort())) {
                open.add(there);
                Thread back = Thread.ofVirtual().start(() -> {
                    pass(there, client, fate.downBytes(), NEVER, NEVER);
                    close(client);
                    close(there);
                });
                pass(client, there, fate.upBytes(), fate.altered(), fate.every());
                if (fate.upBytes() < NEVER) {
                    close(client);
                    close(there);
                }
                back.join();
                open.remove(there);
            }
        } catch (IOException | InterruptedException ended) {
            return;
        } finally {
            open.remove(client);
        }
    }

    private static void pass(Socket from, Socket into, long limit, long first, long every) {
        byte[] buffer = new byte[16_384];
        long passed = 0;
        long altered = first;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int count = in.read(buffer); count >= 0 && passed < limit; count = in.read(buffer)) {
                int taken = (int) Math.min(count, limit - passed);
                if (altered >= passed && altered < passed + taken) {
                    buffer[(int) (altered - passed)] ^= 1;
                    altered = every == NEVER ? NEVER : altered + every;
                }
                out.write(buffer, 0, taken);
                passed += taken;
                if (passed >= limit) {
                    return;
                }
            }
        } catch (IOException broken) {
            return;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            return;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException ignored) {
            // Nobody comes any more.
        }
        open.forEach(Wire::close);
    }
}
