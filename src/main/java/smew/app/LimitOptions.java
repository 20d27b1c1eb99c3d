package smew.app;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Limits;

/** What requests may ask for, how many of them at once, and what lies in memory for them. */
final class LimitOptions {

    @Option(names = "--body-limit", paramLabel = "SIZE", description = "The largest request body. Default: 25MB.")
    Optional<Converters.Size> body = Optional.empty();

    @Option(
            names = "--id-limit",
            paramLabel = "N",
            description = "How many ids one request may ask for. Default: 10000.")
    private Optional<Converters.Count> ids = Optional.empty();

    @Option(
            names = "--row-limit",
            paramLabel = "N",
            description = "How many rows one request may send to be scored. Default: 100000.")
    private Optional<Converters.Count> rows = Optional.empty();

    @Option(
            names = "--request-limit",
            paramLabel = "N",
            description = "Requests under way at once; more are told 429. Default: 10000.")
    private Optional<Converters.Count> requests = Optional.empty();

    @Option(
            names = "--waiting-limit",
            paramLabel = "N",
            description =
                    "Requests with a body, or for explanations, that wait for a thread; more are told 429. Default:"
                            + " 512.")
    private Optional<Converters.Count> waiting = Optional.empty();

    @Option(
            names = "--connection-limit",
            paramLabel = "N",
            description = "Open connections; more wait to be accepted. Default: 10000.")
    private Optional<Converters.Count> connections = Optional.empty();

    @Option(
            names = "--body-time",
            paramLabel = "DURATION",
            description = "How long the body of a request may take to come, such as 10s; slower ones are told 408."
                    + " Answers have to be taken as fast. Default: 30s.")
    private Optional<Duration> bodyTime = Optional.empty();

    @Option(
            names = "--online-memory",
            paramLabel = "SIZE",
            description =
                    "How much the online files of a release may be together that are read into memory; beyond that the"
                            + " largest stay on disk, mapped. Default: a quarter of the heap.")
    private Optional<Converters.Size> online = Optional.empty();

    Limits limits() {
        Limits defaults = ServeSettings.DEFAULT.limits();
        return new Limits(
                body.map(size -> (int) Math.min(Integer.MAX_VALUE, size.bytes()))
                        .orElse(defaults.bodyBytes()),
                ids.map(Converters.Count::value).orElse(defaults.ids()),
                rows.map(Converters.Count::value).orElse(defaults.rows()),
                requests.map(Converters.Count::value).orElse(defaults.requests()),
                waiting.map(Converters.Count::value).orElse(defaults.waiting()),
                connections.map(Converters.Count::value).orElse(defaults.connections()),
                bodyTime.orElse(defaults.bodyTime()),
                online.map(Converters.Size::bytes).orElse(defaults.onlineBytes()));
    }
}
