package smew.app;

import java.time.Duration;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Limits;

/** What requests may ask for, how many of them at once, and what lies in memory for them. */
final class LimitOptions extends Options {

    final Given<Converters.Size> body =
            option(Converters.Size.class, "--body-limit", "SIZE", "The largest request body. Default: 25MB.");

    private final Given<Converters.Count> ids =
            option(Converters.Count.class, "--id-limit", "N", "How many ids one request may ask for. Default: 10000.");

    private final Given<Converters.Count> rows = option(
            Converters.Count.class,
            "--row-limit",
            "N",
            "How many rows one request may send to be scored. Default: 100000.");

    private final Given<Converters.Count> requests = option(
            Converters.Count.class,
            "--request-limit",
            "N",
            "Requests under way at once; more are told 429. Default: 10000.");

    private final Given<Converters.Count> waiting = option(
            Converters.Count.class,
            "--waiting-limit",
            "N",
            "Requests with a body, or for explanations, that wait for a thread; more are told 429." + " Default: 512.");

    private final Given<Converters.Count> connections = option(
            Converters.Count.class,
            "--connection-limit",
            "N",
            "Open connections; more wait to be accepted. Default: 10000.");

    private final Given<Duration> bodyTime = option(
            Duration.class,
            "--body-time",
            "DURATION",
            "How long the body of a request may take to come, such as 10s; slower ones are told 408."
                    + " Answers have to be taken as fast. Default: 30s.");

    private final Given<Converters.Size> online = option(
            Converters.Size.class,
            "--online-memory",
            "SIZE",
            "How much the online files of a release may be together that are read into memory; beyond"
                    + " that the largest stay on disk, mapped. Default: a quarter of the heap.");

    Limits limits() {
        Limits defaults = ServeSettings.DEFAULT.limits();
        return new Limits(
                body.value()
                        .map(size -> (int) Math.min(Integer.MAX_VALUE, size.bytes()))
                        .orElse(defaults.bodyBytes()),
                ids.value().map(Converters.Count::value).orElse(defaults.ids()),
                rows.value().map(Converters.Count::value).orElse(defaults.rows()),
                requests.value().map(Converters.Count::value).orElse(defaults.requests()),
                waiting.value().map(Converters.Count::value).orElse(defaults.waiting()),
                connections.value().map(Converters.Count::value).orElse(defaults.connections()),
                bodyTime.value().orElse(defaults.bodyTime()),
                online.value().map(Converters.Size::bytes).orElse(defaults.onlineBytes()));
    }
}
