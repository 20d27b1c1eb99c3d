package smew.app;

import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How much of this machine a run may use. */
final class CapacityOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that work at once. Default: one for each processor.")
    private Optional<Converters.Count> threads = Optional.empty();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "What DuckDB may hold before it spills to disk, such as 2GB.")
    private Optional<Converters.Size> memory = Optional.empty();

    OptionalInt threads() {
        return threads.map(count -> OptionalInt.of(count.value())).orElseGet(OptionalInt::empty);
    }

    Optional<String> memory() {
        return memory.map(Converters.Size::text);
    }
}
