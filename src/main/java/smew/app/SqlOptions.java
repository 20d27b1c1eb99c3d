package smew.app;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.app.SqlProcesses.Limits;

/** Whether clients may ask for rows of the warehouse, and for how much. */
final class SqlOptions {

    @Option(
            names = "--sql-limit",
            paramLabel = "ROWS",
            description = "How many rows POST /sql answers; what is beyond them is left out. Default: 10000.")
    private Optional<Converters.Count> rows = Optional.empty();

    @Option(
            names = "--sql-time",
            paramLabel = "DURATION",
            description = "How long a query of POST /sql may run, such as 20s; then it is stopped. Default: 5s.")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--no-sql", fallbackValue = "true", description = "Answers no POST /sql.")
    private boolean none;

    /** Empty where queries are not wanted. */
    Optional<Limits> limits() {
        Limits defaults = Limits.DEFAULT;
        return none
                ? Optional.empty()
                : Optional.of(new Limits(
                        defaults.atOnce(),
                        defaults.waiting(),
                        time.orElse(defaults.time()),
                        defaults.memoryBytes(),
                        rows.map(Converters.Count::value).orElse(defaults.rows()),
                        defaults.bytes()));
    }
}
