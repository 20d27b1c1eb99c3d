package smew.app;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What publishing to a service that runs statements takes. */
final class WarehouseOptions {

    private static final Duration TIMEOUT = Duration.ofHours(1);

    @Option(
            names = "--replace",
            fallbackValue = "true",
            description = "Makes tables anew that exist with other columns, instead of refusing.")
    boolean replace;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long one table may take before it is cancelled. Default: 1h.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--json", fallbackValue = "true", description = "Prints what was published as JSON.")
    boolean json;

    Duration timeout() {
        return timeout.orElse(TIMEOUT);
    }
}
