package smew.app;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which predictions of which model. */
final class LoggedOptions {

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A model of the release. Default: the first, or all where several can be shown.")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--release",
            paramLabel = "ID",
            description =
                    "The release whose card is compared with, and whose predictions. Default: the current card, and all"
                            + " predictions.")
    Optional<String> release = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "DAYS",
            description = "Only predictions of today and so many days before it (UTC). Default: all that are logged.")
    Optional<Converters.Retries> since = Optional.empty();

    Optional<LocalDate> since(Surroundings world) {
        return since.map(days ->
                LocalDate.ofInstant(world.clock().instant(), ZoneOffset.UTC).minusDays(days.value()));
    }
}
