package smew.serve;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * How to serve.
 *
 * @param bind the address to listen on, a name or a number
 * @param port 0: any that is free
 * @param token what clients have to send as {@code Authorization: Bearer …}; empty: nothing
 * @param insecure serve other machines without a token
 * @param model the default model; empty: the first of the release
 * @param featuresOnly serve a release that has no model
 * @param bodyLimitBytes the largest body of a request
 * @param idLimit how many ids one request may ask for
 * @param rowLimit how many rows one request may send to be scored; beside the body limit it bounds what a request holds in memory
 * @param poll how often CURRENT is looked at
 * @param drain how long requests in flight may take when the server stops
 * @param clock tells when a refused release is tried again
 */
public record ServeSettings(
        String bind,
        int port,
        Optional<String> token,
        boolean insecure,
        Optional<String> model,
        boolean featuresOnly,
        int bodyLimitBytes,
        int idLimit,
        int rowLimit,
        Duration poll,
        Duration drain,
        Clock clock) {

    /** This machine only, port 8080, bodies up to 25 MB, 10,000 ids, 100,000 rows; CURRENT is looked at twice a second. */
    public static final ServeSettings DEFAULT = new ServeSettings(
            "127.0.0.1",
            8080,
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            25_000_000,
            10_000,
            100_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Clock.systemUTC());

    /** Refuses numbers out of range as CONFIGURATION. */
    public ServeSettings {
        check(port >= 0 && port <= 65_535, "the port is " + port + ", expected 0 to 65535");
        check(bodyLimitBytes > 0, "the body limit is " + bodyLimitBytes + " bytes, expected more than 0");
        check(idLimit > 0, "the limit of ids is " + idLimit + ", expected more than 0");
        check(rowLimit > 0, "the limit of rows is " + rowLimit + ", expected more than 0");
        check(poll.isPositive(), "the poll interval is " + poll + ", expected more than 0");
        check(!drain.isNegative(), "the drain time is " + drain + ", expected 0 or more");
        check(token.filter(String::isBlank).isEmpty(), "the token is empty, expected at least one character");
    }

    private static void check(boolean holds, String found) {
        if (!holds) {
            throw new SmewException(Fault.CONFIGURATION, "Starting the server: " + found + ".");
        }
    }

    public ServeSettings withBind(String other) {
        return new ServeSettings(
                other,
                port,
                token,
                insecure,
                model,
                featuresOnly,
                bodyLimitBytes,
                idLimit,
                rowLimit,
                poll,
                drain,
                clock);
    }

    public ServeSettings withPort(int other) {
        return new ServeSettings(
                bind,
                other,
                token,
                insecure,
                model,
                featuresOnly,
                bodyLimitBytes,
                idLimit,
                rowLimit,
                poll,
                drain,
                clock);
    }

    public ServeSettings withToken(Optional<String> other) {
        return new ServeSettings(
                bind,
                port,
                other,
                insecure,
                model,
                featuresOnly,
                bodyLimitBytes,
                idLimit,
                rowLimit,
                poll,
                drain,
                clock);
    }

    public ServeSettings withInsecure(boolean other) {
        return new ServeSettings(
                bind, port, token, other, model, featuresOnly, bodyLimitBytes, idLimit, rowLimit, poll, drain, clock);
    }

    public ServeSettings withModel(Optional<String> other) {
        return new ServeSettings(
                bind,
                port,
                token,
                insecure,
                other,
                featuresOnly,
                bodyLimitBytes,
                idLimit,
                rowLimit,
                poll,
                drain,
                clock);
    }

    public ServeSettings withFeaturesOnly(boolean other) {
        return new ServeSettings(
                bind, port, token, insecure, model, other, bodyLimitBytes, idLimit, rowLimit, poll, drain, clock);
    }

    public ServeSettings withLimits(int otherBodyLimitBytes, int otherIdLimit, int otherRowLimit) {
        return new ServeSettings(
                bind,
                port,
                token,
                insecure,
                model,
                featuresOnly,
                otherBodyLimitBytes,
                otherIdLimit,
                otherRowLimit,
                poll,
                drain,
                clock);
    }

    public ServeSettings withTiming(Duration otherPoll, Duration otherDrain, Clock otherClock) {
        return new ServeSettings(
                bind,
                port,
                token,
                insecure,
                model,
                featuresOnly,
                bodyLimitBytes,
                idLimit,
                rowLimit,
                otherPoll,
                otherDrain,
                otherClock);
    }
}
