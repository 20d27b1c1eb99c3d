package smew.serve;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import org.xnio.Options;
import org.xnio.Xnio;

/** Undertow as this server wants it: what it accepts, and for how long. */
final class Listener {

    private static final int LONGEST_HEADERS_BYTES = 64 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int PARSE_TIMEOUT_MILLIS = 10_000;
    private static final int IDLE_TIMEOUT_MILLIS = 120_000;
    private static final int BACKLOG = 1024;

    private Listener() {}

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

    static Undertow of(ServeSettings settings, HttpHandler handler) {
        Network.prepare();
        ServeSettings.Listening listening = settings.listening();
        int processors = Runtime.getRuntime().availableProcessors();
        int connections = settings.limits().connections();
        Undertow.Builder builder = Undertow.builder()
                .setDirectBuffers(true)
                .setBufferSize(JsonBuffers.SHARED_BYTES)
                .setIoThreads(processors)
                // Ours work; Undertow's own are for what it does itself.
                .setWorkerThreads(processors)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.CONNECTION_HIGH_WATER, connections)
                .setSocketOption(Options.CONNECTION_LOW_WATER, connections)
                // HTTP/1.1 keeps connections unless told otherwise.
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                // We decode paths ourselves: Undertow cannot know that %2F inside an id is no separator.
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, LONGEST_HEADERS_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MOST_HEADERS)
                // Bounds what is read and thrown away of a body that was refused. At the limit itself Undertow would
                // cut the connection before our 413 is out.
                .setServerOption(
                        UndertowOptions.MAX_ENTITY_SIZE, 2L * settings.limits().bodyBytes())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MILLIS)
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_TIMEOUT_MILLIS)
                .setHandler(handler);
        if (listening.http2()) {
            builder.setServerOption(UndertowOptions.ENABLE_HTTP2, true);
        }
        listening
                .tls()
                .ifPresentOrElse(
                        tls -> builder.addHttpsListener(listening.port(), listening.bind(), Certificates.context(tls)),
                        () -> builder.addHttpListener(listening.port(), listening.bind()));
        return builder.build();
    }
}
