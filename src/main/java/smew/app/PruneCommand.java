package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.base.Json;

@Command(
        name = "prune",
        description = "Deletes old releases and what killed runs left behind, in a folder or on S3.",
        footer = {
            "",
            "The current release always stays. What a killed run left on S3 is deleted when it is a day old.",
            "",
            "Example:  smew prune --keep 10"
        })
final class PruneCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--keep", paramLabel = "N", required = true, description = "How many of the newest releases stay.")
    private Converters.Count keep = new Converters.Count(1);

    @Option(names = "--json", fallbackValue = "true", description = "Prints the deleted releases as JSON.")
    private boolean json;

    PruneCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        List<String> deleted = world.engine().prune(common.store(world), keep.value());
        if (json) {
            world.out().println(Json.write(deleted));
        } else {
            deleted.forEach(id -> world.out().println("deleted " + id));
        }
        return 0;
    }
}
