package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import smew.monitor.LogSettings;

/** What a server writes down of what it does. */
final class LogOptions extends Options {

    /** In place of a file. */
    static final String STANDARD_OUTPUT = "-";

    private final Given<Path> accessLog = option(
            Path.class,
            "--access-log",
            "FILE",
            "Appends a line for each request to a file; - for standard output. Default: none is written.");

    private final Given<Converters.LogFormat> format = option(
            Converters.LogFormat.class,
            "--log-format",
            "FORMAT",
            "How lines of the log and the access log look: text or json. Default: text.");

    private final Flag predictions =
            flag("--log-predictions", "Keeps every prediction by id below predictions/ of the store, as Parquet.");

    Optional<LogSettings> predictions() {
        return predictions.isSet() ? Optional.of(LogSettings.DEFAULT) : Optional.empty();
    }

    boolean json() {
        return format.value().filter(Converters.LogFormat.JSON::equals).isPresent();
    }

    /** Where lines for requests go; empty where none are wanted. */
    Optional<AccessLogTo> accessLog(Path directory) {
        return accessLog
                .value()
                .map(file -> new AccessLogTo(
                        file.toString().equals(STANDARD_OUTPUT)
                                ? Optional.empty()
                                : Optional.of(directory.resolve(file)),
                        json()));
    }
}
