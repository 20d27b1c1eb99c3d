package smew.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "watch",
        description =
                "Runs what a saved SQL file concerns, at once and in memory, and tells what it changed; nothing is published.",
        footer = {
            "",
            "It keeps sources, feature views, rows of models and outcomes of checks and tests, and trains no model. After a save it"
                    + " prints the difference in columns, rows and what columns hold, and all that is wrong, with file and line."
                    + " smew ui --watch does the same and shows it on the page.",
            "",
            "Example:  smew watch --as-of 2021-09-17"
        })
final class WatchCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final InputOptions inputs = new InputOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints one JSON object for each save.")
    private boolean json;

    WatchCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunRequest request = inputs.request(common, world, OptionDefaults.variables(spec));
        WatchText text = new WatchText(world.out(), world.clock(), json);
        world.err()
                .println("Watching " + request.project().resolve("sql") + " as of " + request.asOf()
                        + " (Ctrl-C stops). Models are not trained here.");
        world.engine().watch(request, world.alarm(), text);
        return 0;
    }
}
