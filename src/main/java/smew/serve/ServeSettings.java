package smew.serve;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

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
        Duration poll,
        Duration drain,
        Clock clock) {

    /** This machine only, port 8080, bodies up to 25 MB, 10,000 ids; CURRENT is looked at twice a second. */
    public static final ServeSettings DEFAULT = new ServeSettings(
            "127.0.0.1",
            8080,
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            25_000_000,
            10_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Clock.systemUTC());

    public ServeSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("No port: " + port);
        }
        if (bodyLimitBytes <= 0 || idLimit <= 0 || !poll.isPositive() || drain.isNegative()) {
            throw new IllegalArgumentException("Limits and intervals must be positive.");
        }
        if (token.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("An empty token protects nothing.");
        }
    }

    public ServeSettings withBind(String other) {
        return new ServeSettings(
                other, port, token, insecure, model, featuresOnly, bodyLimitBytes, idLimit, poll, drain, clock);
    }

    public ServeSettings withPort(int other) {
        return new ServeSettings(
                bind, other, token, insecure, model, featuresOnly, bodyLimitBytes, idLimit, poll, drain, clock);
    }

    public ServeSettings withToken(Optional<String> other) {
        return new ServeSettings(
                bind, port, other, insecure, model, featuresOnly, bodyLimitBytes, idLimit, poll, drain, clock);
    }

    public ServeSettings withInsecure(boolean other) {
        return new ServeSettings(
                bind, port, token, other, model, featuresOnly, bodyLimitBytes, idLimit, poll, drain, clock);
    }

    public ServeSettings withModel(Optional<String> other) {
        return new ServeSettings(
                bind, port, token, insecure, other, featuresOnly, bodyLimitBytes, idLimit, poll, drain, clock);
    }

    public ServeSettings withFeaturesOnly(boolean other) {
        return new ServeSettings(
                bind, port, token, insecure, model, other, bodyLimitBytes, idLimit, poll, drain, clock);
    }

    public ServeSettings withLimits(int otherBodyLimitBytes, int otherIdLimit) {
        return new ServeSettings(
                bind,
                port,
                token,
                insecure,
                model,
                featuresOnly,
                otherBodyLimitBytes,
                otherIdLimit,
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
                otherPoll,
                otherDrain,
                otherClock);
    }
}
