package smew.serve;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Releases;

/** A running HTTP server on the current release of a store. Safe for any number of threads; closing it twice is allowed. */
public final class Server implements AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final int LONGEST_HEADERS_BYTES = 64 * 1024;
    private static final int PARSE_TIMEOUT_MILLIS = 10_000;
    private static final int IDLE_TIMEOUT_MILLIS = 120_000;

    private final Undertow undertow;
    private final GracefulShutdownHandler inFlight;
    private final Snapshots snapshots;
    private final Duration drain;

    private Server(Undertow undertow, GracefulShutdownHandler inFlight, Snapshots snapshots, Duration drain) {
        this.undertow = undertow;
        this.inFlight = inFlight;
        this.snapshots = snapshots;
        this.drain = drain;
    }

    /**
     * Loads the current release and listens. When this returns, requests are answered.
     *
     * @throws SmewException NOT_READY without a release or a model, or when the port is taken; CONFIGURATION when other
     *     machines could reach the server without a token, or the address is not one of this machine; DATA when the release is
     *     damaged
     */
    public static Server start(ServeSettings settings, Releases releases) {
        return start(settings, releases, Optional.empty());
    }

    /**
     * The same with predictions of the default model by id from elsewhere. The backend outlives the server.
     *
     * @throws SmewException also GATE when the backend says something else than the model of the release, and what it fails with
     */
    public static Server start(ServeSettings settings, Releases releases, Optional<ChosenBackend> backend) {
        checkExposure(settings);
        return start(settings, new Follower(releases, settings, backend));
    }

    /**
     * The same for one model without a store: it scores the rows that clients send.
     *
     * @param model holds card.json and the artefact
     */
    public static Server start(ServeSettings settings, Path model) {
        checkExposure(settings);
        return start(settings, Unchanging.model(model));
    }

    /** The same from whatever keeps snapshots. */
    static Server start(ServeSettings settings, Snapshots snapshots) {
        RequestHandler handler = new RequestHandler(snapshots::snapshot, settings);
        GracefulShutdownHandler inFlight = new GracefulShutdownHandler(handler);
        Undertow undertow = Undertow.builder()
                .addHttpListener(settings.port(), settings.bind())
                .setDirectBuffers(true)
                .setBufferSize(JsonBuffers.SHARED_BYTES)
                .setIoThreads(Runtime.getRuntime().availableProcessors())
                .setWorkerThreads(2 * Runtime.getRuntime().availableProcessors())
                // We decode paths ourselves: Undertow cannot know that %2F inside an id is no separator.
                // HTTP/1.1 keeps connections unless told otherwise.
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, LONGEST_HEADERS_BYTES)
                // Bounds what is read and thrown away of a body that was refused. At the limit itself Undertow would
                // cut the
                // connection before our 413 is out.
                .setServerOption(
                        UndertowOptions.MAX_ENTITY_SIZE, 2L * settings.limits().bodyBytes())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MILLIS)
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_TIMEOUT_MILLIS)
                .setHandler(exchange -> {
                    exchange.addDefaultResponseListener(RequestHandler::bare);
                    inFlight.handleRequest(exchange);
                })
                .build();
        listen(undertow, settings, snapshots);
        snapshots.start(settings.timing().poll());
        return new Server(undertow, inFlight, snapshots, settings.timing().drain());
    }

    /** The port that the server listens on, also where any free one was asked for. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /** The id of the release that is being served. */
    public String release() {
        return snapshots.snapshot().release();
    }

    /** Follows CURRENT now instead of at the next poll. A release that cannot be loaded is refused with a line in the log. */
    public void refresh() {
        snapshots.refresh();
    }

    /** Stops: new requests are told 503, those in flight may finish within the drain time, then connections are closed. */
    @Override
    public void close() {
        snapshots.close();
        inFlight.shutdown();
        try {
            if (!inFlight.awaitShutdown(drain.toMillis())) {
                LOG.log(Level.WARNING, "Requests were still in flight after {0}, and are cut off.", drain);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        undertow.stop();
    }

    private static void checkExposure(ServeSettings settings) {
        if (settings.token().isPresent() || settings.insecure()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(settings.bind())) {
                if (!address.isLoopbackAddress()) {
                    throw new SmewException(
                            Fault.CONFIGURATION,
                            "Listening on " + settings.bind()
                                    + ": other machines can reach this address, and no token protects it. Give --token,"
                                    + " or --insecure if anybody may ask.");
                }
            }
        } catch (UnknownHostException unknown) {
            throw noAddress(settings, unknown);
        }
    }

    private static void listen(Undertow undertow, ServeSettings settings, Snapshots snapshots) {
        try {
            undertow.start();
        } catch (RuntimeException failed) {
            snapshots.close();
            throw refusal(settings, failed);
        }
    }

    private static RuntimeException refusal(ServeSettings settings, RuntimeException failed) {
        String address = settings.bind() + ":" + settings.port();
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && said.contains("in use")) {
            return new SmewException(
                    Fault.NOT_READY,
                    "Listening on " + address + ": the port is in use by another program. Stop that program, or choose"
                            + " another port with --port.",
                    failed);
        }
        if (cause instanceof UnresolvedAddressException || said.contains("assign requested address")) {
            return noAddress(settings, failed);
        }
        if (cause instanceof SocketException) {
            return new SmewException(
                    Fault.CONFIGURATION,
                    "Listening on " + address + ": the system refused (" + said + "). Choose another port with --port.",
                    failed);
        }
        return failed;
    }

    private static SmewException noAddress(ServeSettings settings, Exception cause) {
        return new SmewException(
                Fault.CONFIGURATION,
                "Listening on " + settings.bind() + ": this machine has no such address. Give --host another one.",
                cause);
    }
}
