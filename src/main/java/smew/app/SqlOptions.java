package smew.app;

import java.time.Duration;
import java.util.Optional;
import smew.app.SqlProcesses.Limits;

/** Whether clients may ask for rows of the warehouse, and for how much. */
final class SqlOptions extends Options {

    private final Given<Converters.Count> rows = option(
            Converters.Count.class,
            "--sql-limit",
            "ROWS",
            "How many rows POST /sql answers; what is beyond them is left out. Default: 10000.");

    private final Given<Duration> time = option(
            Duration.class,
            "--sql-time",
            "DURATION",
            "How long a query of POST /sql may run, such as 20s; then it is stopped. Default: 5s.");

    private final Flag none = flag("--no-sql", "Answers no POST /sql.");

    /** Empty where queries are not wanted. */
    Optional<Limits> limits() {
        Limits defaults = Limits.DEFAULT;
        return none.isSet()
                ? Optional.empty()
                : Optional.of(new Limits(
                        defaults.atOnce(),
                        defaults.waiting(),
                        time.value().orElse(defaults.time()),
                        defaults.memoryBytes(),
                        rows.value().map(Converters.Count::value).orElse(defaults.rows()),
                        defaults.bytes()));
    }
}
