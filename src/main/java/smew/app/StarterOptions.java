package smew.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import smew.base.Fault;
import smew.base.SmewException;
import smew.starter.StarterRequest;

/** What {@code init} takes to make a project from a file. */
final class StarterOptions {

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Makes a project from this CSV or Parquet file, which stays where it is; globs allowed.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--entity",
            paramLabel = "COLUMN[,COLUMN]",
            description =
                    "With --from: the id that predictions are asked for; row_number, where the file has no such column,"
                            + " numbers its rows.")
    private Optional<String> entity = Optional.empty();

    @Option(names = "--label", paramLabel = "COLUMN", description = "With --from: what the model is to predict.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "With --from: when a row became true, so that features look at earlier rows of its entity.")
    private Optional<String> time = Optional.empty();

    /**
     * What is asked for; empty without a file.
     *
     * @param project the folder that the project will lie in
     */
    Optional<StarterRequest> request(Surroundings world, Path project) {
        if (from.isEmpty() && Stream.of(entity, label, time).anyMatch(Optional::isPresent)) {
            throw new SmewException(
                    Fault.USAGE,
                    "--entity, --label and --time name columns of a file. Name it with --from FILE, or leave them out for the"
                            + " sample project.");
        }
        from.ifPresent(file -> Converters.refuseAddress("--from", file));
        return from.map(file -> new StarterRequest(
                file,
                world.directory(),
                project,
                entity,
                label,
                time,
                LocalDate.ofInstant(world.clock().instant(), world.clock().getZone())));
    }
}
