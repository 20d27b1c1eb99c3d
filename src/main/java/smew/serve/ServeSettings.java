package smew.serve;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * How to serve. Numbers out of range are refused as CONFIGURATION.
 *
 * @param listening where
 * @param access who may ask
 * @param model the default model; empty: the first of the release
 * @param featuresOnly serve a release that has no model
 */
public record ServeSettings(
        Listening listening,
        Access access,
        Optional<String> model,
        boolean featuresOnly,
        Limits limits,
        Timing timing,
        Hosting hosting,
        Trials trials) {

    public ServeSettings {
        check(
                !featuresOnly || trials.equals(Trials.NONE),
                "--canary and --shadow try models, and with --features-only none is needed. Leave that out");
    }

    /** This machine only, port 8080, bodies up to 25 MB, 10,000 ids, 100,000 rows; CURRENT is looked at twice a second. */
    public static final ServeSettings DEFAULT = new ServeSettings(
            new Listening("127.0.0.1", 8080, Optional.empty(), false),
            new Access(Optional.empty(), Optional.empty(), false, List.of()),
            Optional.empty(),
            false,
            new Limits(25_000_000, 10_000, 100_000),
            new Timing(Duration.ofMillis(500), Duration.ofSeconds(20), Clock.systemUTC()),
            Hosting.DEFAULT,
            Trials.NONE);

    /**
     * Where to listen, and what is spoken.
     *
     * @param bind the address, a name or a number
     * @param port 0: any that is free
     * @param tls speak TLS with this certificate; empty: plain HTTP
     * @param http2 speak HTTP/2 with clients that want to
     */
    public record Listening(String bind, int port, Optional<Tls> tls, boolean http2) {
        public Listening {
            check(port >= 0 && port <= 65_535, "the port is " + port + ", expected 0 to 65535");
        }
    }

    /**
     * What the server proves its name with, as PEM files.
     *
     * @param certificate its own, then those that lead to a root
     * @param key of the certificate, PKCS #8, not encrypted
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * Who may ask.
     *
     * @param token what clients have to send as {@code Authorization: Bearer …}
     * @param tokenFile holds further tokens, one on each line; read again when it changes
     * @param insecure serve other machines without a token
     * @param origins of pages that a browser may let read answers; {@code *} for all
     */
    public record Access(Optional<String> token, Optional<Path> tokenFile, boolean insecure, List<String> origins) {
        public Access {
            check(token.filter(String::isBlank).isEmpty(), "the token is empty, expected at least one character");
            origins = List.copyOf(origins);
            for (String origin : origins) {
                check(
                        origin.matches("\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/\\s]+"),
                        "an origin is " + origin + ", expected * or one such as https://example.com");
            }
        }

        /** Whether clients have to present a token. */
        boolean isTokenNeeded() {
            return token.isPresent() || tokenFile.isPresent();
        }

        /** Whether other machines may be served. */
        boolean isGuarded() {
            return token.isPresent() || tokenFile.isPresent() || insecure;
        }
    }

    /**
     * What requests may ask for, how many of them at once, and what may lie in memory for them.
     *
     * @param bodyBytes the largest body
     * @param ids how many ids
     * @param rows how many rows to be scored; beside the body's limit it bounds what a request holds in memory
     * @param requests how many may be under way
     * @param waiting how many may wait for a thread, of those that need one
     * @param connections how many may be open
     * @param bodyTime how long a body may take to come
     * @param onlineBytes how much the online files of a release may be that are read into memory; the others are mapped
     */
    public record Limits(
            int bodyBytes,
            int ids,
            int rows,
            int requests,
            int waiting,
            int connections,
            Duration bodyTime,
            long onlineBytes) {

        private static final int REQUESTS = 10_000;
        private static final int WAITING = 512;
        private static final int CONNECTIONS = 10_000;
        private static final Duration BODY_TIME = Duration.ofSeconds(30);

        /** Of the heap: a new release is loaded beside the old one, and requests need some too. */
        private static final int HEAP_SHARE = 4;

        public Limits {
            check(bodyBytes > 0, "the body limit is " + bodyBytes + " bytes, expected more than 0");
            check(ids > 0, "the limit of ids is " + ids + ", expected more than 0");
            check(rows > 0, "the limit of rows is " + rows + ", expected more than 0");
            check(requests > 0, "the limit of requests is " + requests + ", expected more than 0");
            check(waiting > 0, "the limit of waiting requests is " + waiting + ", expected more than 0");
            check(connections > 0, "the limit of connections is " + connections + ", expected more than 0");
            check(bodyTime.isPositive(), "the time for a body is " + bodyTime + ", expected more than 0");
            check(onlineBytes >= 0, "the memory for online rows is " + onlineBytes + " bytes, expected 0 or more");
        }

        /** The same with what suits a machine of any size. */
        public Limits(int bodyBytes, int ids, int rows) {
            this(bodyBytes, ids, rows, REQUESTS, WAITING, CONNECTIONS, BODY_TIME, heapShare());
        }

        private static long heapShare() {
            return Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        }

        /** The same with as much of online rows in memory. */
        public Limits withOnline(long bytes) {
            return new Limits(bodyBytes, ids, rows, requests, waiting, connections, bodyTime, bytes);
        }
    }

    /**
     * When things happen.
     *
     * @param poll how often CURRENT is looked at
     * @param notice how long a server that stops goes on answering after its probes have said so
     * @param drain how long requests in flight may take when the server stops
     * @param clock tells when a refused release is tried again
     */
    public record Timing(Duration poll, Duration notice, Duration drain, Clock clock) {
        public Timing {
            check(poll.isPositive(), "the poll interval is " + poll + ", expected more than 0");
            check(!notice.isNegative(), "the notice is " + notice + ", expected 0 or more");
            check(!drain.isNegative(), "the drain time is " + drain + ", expected 0 or more");
        }

        /** The same without notice. */
        public Timing(Duration poll, Duration drain, Clock clock) {
            this(poll, Duration.ZERO, drain, clock);
        }
    }

    /**
     * What a host such as SageMaker is told, or says of this server.
     *
     * @param accept media type that {@code /invocations} answers in where a client has no opinion; empty: JSON
     * @param concurrentTransforms how many requests of a batch transform to send at once
     * @param batchStrategy {@code MULTI_RECORD} or {@code SINGLE_RECORD}: whether such a request holds several rows
     * @param payloadMegabytes how large it may be
     */
    public record Hosting(
            Optional<String> accept, int concurrentTransforms, String batchStrategy, int payloadMegabytes) {

        /** Megabytes of a request that SageMaker sends unless told otherwise. */
        public static final int PAYLOAD_MEGABYTES = 6;

        /** As many requests at once as there are processors. */
        public static final Hosting DEFAULT = new Hosting(
                Optional.empty(), Runtime.getRuntime().availableProcessors(), "MULTI_RECORD", PAYLOAD_MEGABYTES);

        public Hosting {
            check(
                    accept.filter(type -> !Routes.INVOCATIONS.contains(type)).isEmpty(),
                    "the answers of /invocations are to be " + accept.orElse("") + ", expected one of "
                            + String.join(", ", Routes.INVOCATIONS));
        }
    }

    /**
     * Releases that are tried beside the current one.
     *
     * @param canary answers for a share of the ids
     * @param shadow the id of a release that is scored as well, and does not answer
     */
    public record Trials(Optional<Canary> canary, Optional<String> shadow) {
        public static final Trials NONE = new Trials(Optional.empty(), Optional.empty());
    }

    /**
     * A release that answers for some ids.
     *
     * @param release its id
     * @param share from 0 to 1
     */
    public record Canary(String release, double share) {
        public Canary {
            check(share >= 0 && share <= 1, "the share of the canary is " + share + ", expected 0 to 1");
        }
    }

    private static void check(boolean holds, String found) {
        if (!holds) {
            throw new SmewException(Fault.CONFIGURATION, "Starting the server: " + found + ".");
        }
    }

    public ServeSettings withBind(String bind) {
        return with(new Listening(bind, listening.port, listening.tls, listening.http2));
    }

    public ServeSettings withPort(int port) {
        return with(new Listening(listening.bind, port, listening.tls, listening.http2));
    }

    public ServeSettings withToken(Optional<String> token) {
        return with(new Access(token, access.tokenFile, access.insecure, access.origins));
    }

    public ServeSettings withInsecure(boolean insecure) {
        return with(new Access(access.token, access.tokenFile, insecure, access.origins));
    }

    public ServeSettings with(Listening other) {
        return new ServeSettings(other, access, model, featuresOnly, limits, timing, hosting, trials);
    }

    public ServeSettings with(Access other) {
        return new ServeSettings(listening, other, model, featuresOnly, limits, timing, hosting, trials);
    }

    public ServeSettings withModel(Optional<String> other) {
        return new ServeSettings(listening, access, other, featuresOnly, limits, timing, hosting, trials);
    }

    public ServeSettings withFeaturesOnly(boolean other) {
        return new ServeSettings(listening, access, model, other, limits, timing, hosting, trials);
    }

    public ServeSettings with(Limits other) {
        return new ServeSettings(listening, access, model, featuresOnly, other, timing, hosting, trials);
    }

    public ServeSettings with(Timing other) {
        return new ServeSettings(listening, access, model, featuresOnly, limits, other, hosting, trials);
    }

    public ServeSettings with(Hosting other) {
        return new ServeSettings(listening, access, model, featuresOnly, limits, timing, other, trials);
    }

    public ServeSettings with(Trials other) {
        return new ServeSettings(listening, access, model, featuresOnly, limits, timing, hosting, other);
    }
}
