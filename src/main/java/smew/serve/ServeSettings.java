package smew.serve;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * How to serve. Numbers out of range are refused as CONFIGURATION.
 *
 * @param bind the address to listen on, a name or a number
 * @param port 0: any that is free
 * @param token what clients have to send as {@code Authorization: Bearer …}; empty: nothing
 * @param insecure serve other machines without a token
 * @param model the default model; empty: the first of the release
 * @param featuresOnly serve a release that has no model
 */
public record ServeSettings(
        String bind,
        int port,
        Optional<String> token,
        boolean insecure,
        Optional<String> model,
        boolean featuresOnly,
        Limits limits,
        Timing timing,
        Hosting hosting) {

    /** This machine only, port 8080, bodies up to 25 MB, 10,000 ids, 100,000 rows; CURRENT is looked at twice a second. */
    public static final ServeSettings DEFAULT = new ServeSettings(
            "127.0.0.1",
            8080,
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            new Limits(25_000_000, 10_000, 100_000),
            new Timing(Duration.ofMillis(500), Duration.ofSeconds(20), Clock.systemUTC()),
            Hosting.DEFAULT);

    public ServeSettings {
        check(port >= 0 && port <= 65_535, "the port is " + port + ", expected 0 to 65535");
        check(token.filter(String::isBlank).isEmpty(), "the token is empty, expected at least one character");
    }

    /**
     * What one request may ask for.
     *
     * @param bodyBytes the largest body
     * @param ids how many ids
     * @param rows how many rows to be scored; beside the body's limit it bounds what a request holds in memory
     */
    public record Limits(int bodyBytes, int ids, int rows) {
        public Limits {
            check(bodyBytes > 0, "the body limit is " + bodyBytes + " bytes, expected more than 0");
            check(ids > 0, "the limit of ids is " + ids + ", expected more than 0");
            check(rows > 0, "the limit of rows is " + rows + ", expected more than 0");
        }
    }

    /**
     * When things happen.
     *
     * @param poll how often CURRENT is looked at
     * @param drain how long requests in flight may take when the server stops
     * @param clock tells when a refused release is tried again
     */
    public record Timing(Duration poll, Duration drain, Clock clock) {
        public Timing {
            check(poll.isPositive(), "the poll interval is " + poll + ", expected more than 0");
            check(!drain.isNegative(), "the drain time is " + drain + ", expected 0 or more");
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

    private static void check(boolean holds, String found) {
        if (!holds) {
            throw new SmewException(Fault.CONFIGURATION, "Starting the server: " + found + ".");
        }
    }

    public ServeSettings withBind(String other) {
        return new ServeSettings(other, port, token, insecure, model, featuresOnly, limits, timing, hosting);
    }

    public ServeSettings withPort(int other) {
        return new ServeSettings(bind, other, token, insecure, model, featuresOnly, limits, timing, hosting);
    }

    public ServeSettings withToken(Optional<String> other) {
        return new ServeSettings(bind, port, other, insecure, model, featuresOnly, limits, timing, hosting);
    }

    public ServeSettings withInsecure(boolean other) {
        return new ServeSettings(bind, port, token, other, model, featuresOnly, limits, timing, hosting);
    }

    public ServeSettings withModel(Optional<String> other) {
        return new ServeSettings(bind, port, token, insecure, other, featuresOnly, limits, timing, hosting);
    }

    public ServeSettings withFeaturesOnly(boolean other) {
        return new ServeSettings(bind, port, token, insecure, model, other, limits, timing, hosting);
    }

    public ServeSettings with(Limits other) {
        return new ServeSettings(bind, port, token, insecure, model, featuresOnly, other, timing, hosting);
    }

    public ServeSettings with(Timing other) {
        return new ServeSettings(bind, port, token, insecure, model, featuresOnly, limits, other, hosting);
    }

    public ServeSettings with(Hosting other) {
        return new ServeSettings(bind, port, token, insecure, model, featuresOnly, limits, timing, other);
    }
}
