package smew.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import smew.base.Json;

@Command(
        name = "load",
        description = "Keeps what became of predictions, and prints how right they were.",
        footer = {
            "",
            "FILE is CSV or Parquet with the key columns and the label of the model, under their names, and may have a column time:"
                    + " when the outcome was known. An outcome belongs to the newest prediction for its key, made before that time"
                    + " where there is one. Rows without a label are left out.",
            "All outcomes that were ever loaded count, from STORE/outcomes/MODEL/; the same file again changes nothing.",
            "",
            "Example:  smew outcomes load repaid.csv --since 30"
        })
final class OutcomesLoadCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "CSV or Parquet, here or on S3.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Place file;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "Says when an outcome was known. Default: time, where the file has it.")
    private Optional<String> time = Optional.empty();

    @Mixin
    private final LoggedOptions logged = new LoggedOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints the figures as JSON.")
    private boolean json;

    OutcomesLoadCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        LiveFigures figures = world.engine()
                .outcomes(new OutcomesRequest(
                        common.store(world),
                        file.from(world.directory()),
                        time,
                        logged.model,
                        logged.release,
                        logged.since(world)));
        if (json) {
            world.out().println(Json.write(figures));
        } else {
            LiveLines.print(world.out(), figures);
        }
        return 0;
    }
}
