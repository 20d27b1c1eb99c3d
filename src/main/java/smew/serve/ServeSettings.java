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
        Timing timing) {

    /** This machine only, port 8080, bodies up to 25 MB, 10,000 ids, 100,000 rows; CURRENT is looked at twice a second. */
    public static final ServeSettings DEFAULT = new ServeSettings(
            "127.0.0.1",
            8080,
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            new Limits(25_000_000, 10_000, 100_000),
            new Timing(Duration.ofMillis(500), Duration.ofSeconds(20), Clock.systemUTC()));

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

    private static void check(boolean holds, String found) {
        if (!holds) {
            throw new SmewException(Fault.CONFIGURATION, "Starting the server: " + found + ".");
        }
    }

    public ServeSettings withBind(String other) {
        return new ServeSettings(other, port, token, insecure, model, featuresOnly, limits, timing);
    }

    public ServeSettings withPort(int other) {
        return new ServeSettings(bind, other, token, insecure, model, featuresOnly, limits, timing);
    }

    public ServeSettings withToken(Optional<String> other) {
        return new ServeSettings(bind, port, other, insecure, model, featuresOnly, limits, timing);
    }

    public ServeSettings withInsecure(boolean other) {
        return new ServeSettings(bind, port, token, other, model, featuresOnly, limits, timing);
    }

    public ServeSettings withModel(Optional<String> other) {
        return new ServeSettings(bind, port, token, insecure, other, featuresOnly, limits, timing);
    }

    public ServeSettings withFeaturesOnly(boolean other) {
        return new ServeSettings(bind, port, token, insecure, model, other, limits, timing);
    }

    public ServeSettings with(Limits other) {
        return new ServeSettings(bind, port, token, insecure, model, featuresOnly, other, timing);
    }

    public ServeSettings with(Timing other) {
        return new ServeSettings(bind, port, token, insecure, model, featuresOnly, limits, other);
    }
}
