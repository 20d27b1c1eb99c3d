package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.monitor.LogSettings;

/** What a server writes down of what it does. */
final class LogOptions {

    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "Appends a line for each request to a file; - for standard output. Default: none is written.")
    private Optional<String> accessLog = Optional.empty();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "How lines of the log and the access log look: text or json. Default: text.")
    private Converters.LogFormat format = Converters.LogFormat.TEXT;

    @Option(
            names = "--log-predictions",
            fallbackValue = "true",
            description = "Keeps every prediction by id below predictions/ of the store, as Parquet.")
    private boolean predictions;

    Optional<LogSettings> predictions() {
        return predictions ? Optional.of(LogSettings.DEFAULT) : Optional.empty();
    }

    boolean json() {
        return format == Converters.LogFormat.JSON;
    }

    /** Where lines for requests go; empty where none are wanted. */
    Optional<AccessLogTo> accessLog(Path directory) {
        return accessLog.map(name -> new AccessLogTo(
                name.equals(STANDARD_OUTPUT) ? Optional.empty() : Optional.of(directory.resolve(name)), json()));
    }
}
