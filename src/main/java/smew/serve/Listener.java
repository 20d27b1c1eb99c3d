package smew.serve;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Undertow as this server wants it: what it accepts, and for how long. Put together from its parts, because its own builder shows
 * nobody a connection before its first request, and that one may never come: see {@link IdleConnections}.
 */
final class Listener implements AutoCloseable {

    private static final int LONGEST_HEADERS_BYTES = 64 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int PARSE_TIMEOUT_MILLIS = 10_000;
    private static final int BACKLOG = 1024;

    /** What clients of HTTP/2 are told to keep to on a connection; Undertow (2.4.4) does not hold them to it. */
    private static final int STREAMS = 128;

    /** That a thread keeps of those it gave back. */
    private static final int OWN_BUFFERS = 4;

    /** How long a connection may ask nothing. */
    static final Duration IDLE = Duration.ofSeconds(60);

    /** How long nothing may move on one of HTTP/2 while it is answered: a warehouse may be built again meanwhile. */
    private static final Duration QUIET = Duration.ofMinutes(15);

    private final XnioWorker worker;
    private final AcceptingChannel<? extends StreamConnection> sockets;

    private Listener(XnioWorker worker, AcceptingChannel<? extends StreamConnection> sockets) {
        this.worker = worker;
        this.sockets = sockets;
    }

    /** Makes ready on a thread of its own what the first listener of a process would wait for. */
    static void prepare() {
        Thread.ofPlatform().daemon().name("smew-listen").start(Network::prepare);
    }

    /**
     * XNIO, made by whoever needs it first. It would announce itself and its threads to the server of Java's management beans, which takes 0.5 s
     * of processor to make, and does without where there is none: so there is none for it. Whoever attaches to the process later
     * still finds Java's own.
     */
    private static final class Network {

        /** Names the class that makes that server. */
        private static final String BEANS = "javax.management.builder.initial";

        static {
            System.setProperty("jboss.threads.eqe.disable-mbean", "true");
            String before = System.setProperty(BEANS, "none, for XNIO");
            try {
                Xnio.getInstance();
            } finally {
                if (before == null) {
                    System.clearProperty(BEANS);
                } else {
                    System.setProperty(BEANS, before);
                }
            }
        }

        private Network() {}

        static void prepare() {}
    }

    /**
     * Listens; the handler is called from now on.
     *
     * @param idle how long a connection may ask nothing
     * @throws IOException when the address cannot be listened on
     * @throws smew.base.SmewException CONFIGURATION for a certificate that does not fit
     */
    static Listener open(ServeSettings settings, HttpHandler handler, Duration idle) throws IOException {
        Network.prepare();
        Optional<SSLContext> certified = settings.listening().tls().map(Certificates::context);
        int processors = Runtime.getRuntime().availableProcessors();
        XnioWorker worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, processors)
                        // Ours work; these are for what Undertow does itself.
                        .set(Options.WORKER_TASK_CORE_THREADS, processors)
                        .set(Options.WORKER_TASK_MAX_THREADS, processors)
                        .set(Options.TCP_NODELAY, true)
                        .set(Options.CORK, true)
                        .getMap());
        try {
            return new Listener(worker, listen(settings, certified, handler, idle, worker));
        } catch (IOException | RuntimeException failed) {
            worker.shutdownNow();
            throw failed;
        }
    }

    private static AcceptingChannel<? extends StreamConnection> listen(
            ServeSettings settings,
            Optional<SSLContext> certified,
            HttpHandler handler,
            Duration idle,
            XnioWorker worker)
            throws IOException {
        ServeSettings.Listening listening = settings.listening();
        InetSocketAddress address = new InetSocketAddress(listening.bind(), listening.port());
        OptionMap ofSockets = ofSockets(settings.limits(), worker);
        ChannelListener<StreamConnection> opened = speaking(settings, certified.isPresent(), handler, idle, worker);
        AcceptingChannel<? extends StreamConnection> sockets = certified.isPresent()
                ? new UndertowXnioSsl(
                                Xnio.getInstance(), OptionMap.create(Options.USE_DIRECT_BUFFERS, true), certified.get())
                        .createSslConnectionServer(
                                worker, address, ChannelListeners.openListenerAdapter(opened), ofSockets)
                : worker.createStreamConnectionServer(address, ChannelListeners.openListenerAdapter(opened), ofSockets);
        sockets.resumeAccepts();
        return sockets;
    }

    /** What a connection is handed to that has just been accepted. */
    private static ChannelListener<StreamConnection> speaking(
            ServeSettings settings, boolean certified, HttpHandler handler, Duration idle, XnioWorker worker) {
        boolean http2 = settings.listening().http2();
        ByteBufferPool buffers = new DefaultByteBufferPool(true, JsonBuffers.SHARED_BYTES, -1, OWN_BUFFERS);
        OptionMap ofHttp = ofHttp(settings, idle);
        HttpOpenListener http1 = new HttpOpenListener(buffers, ofHttp);
        if (!http2) {
            http1.setRootHandler(handler);
            return http1;
        }
        IdleConnections watched = new IdleConnections(handler, idle);
        watched.start(worker.getIoThread());
        if (!certified) {
            http1.setRootHandler(new Http2UpgradeHandler(watched));
            return watched.watching(http1);
        }
        AlpnOpenListener either = new AlpnOpenListener(buffers, ofHttp, http1);
        either.addProtocol("h2", new Http2OpenListener(buffers, ofHttp), 1);
        either.setRootHandler(watched);
        return watched.watching(either);
    }

    private static OptionMap ofSockets(ServeSettings.Limits limits, XnioWorker worker) {
        return OptionMap.builder()
                .set(Options.WORKER_IO_THREADS, worker.getIoThreadCount())
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                // As in the builder: how connections are spread over the threads.
                .set(Options.BALANCING_TOKENS, 1)
                .set(Options.BALANCING_CONNECTIONS, 2)
                .set(Options.CONNECTION_HIGH_WATER, limits.connections())
                .set(Options.CONNECTION_LOW_WATER, limits.connections())
                .getMap();
    }

    private static OptionMap ofHttp(ServeSettings settings, Duration idle) {
        return OptionMap.builder()
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                // HTTP/1.1 keeps connections unless told otherwise.
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                // We decode paths ourselves: Undertow cannot know that %2F inside an id is no separator.
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .set(UndertowOptions.MAX_HEADER_SIZE, LONGEST_HEADERS_BYTES)
                .set(UndertowOptions.MAX_HEADERS, MOST_HEADERS)
                // Bounds what is read and thrown away of a body that was refused. At the limit itself Undertow would
                // cut the connection before our 413 is out.
                .set(UndertowOptions.MAX_ENTITY_SIZE, 2L * settings.limits().bodyBytes())
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MILLIS)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int) idle.toMillis())
                .set(UndertowOptions.IDLE_TIMEOUT, (int) QUIET.toMillis())
                .set(UndertowOptions.ENABLE_HTTP2, settings.listening().http2())
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS)
                .getMap();
    }

    /** Of this machine, also where any free one was asked for. */
    int port() {
        return sockets.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Ends every connection, and waits until what was under way on them has returned. Calling it twice is allowed. */
    @Override
    public void close() {
        // Closing sockets whose threads have ended would wait for them.
        if (worker.isShutdown()) {
            return;
        }
        IoUtils.safeClose(sockets);
        worker.shutdown();
        try {
            worker.awaitTermination();
        } catch (InterruptedException interrupted) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
