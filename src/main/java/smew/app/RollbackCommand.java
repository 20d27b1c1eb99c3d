package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import smew.app.Engine.ReleaseLine;
import smew.base.Json;

@Command(
        name = "rollback",
        description = "Makes an older release current; running servers follow.",
        footer = {"", "Example:  smew rollback 20261123T154500.123Z-1f3a5c7e9b02"})
final class RollbackCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "ID", description = "A release, as smew releases lists it.")
    private String id = "";

    @Option(names = "--json", fallbackValue = "true", description = "Prints the release as JSON.")
    private boolean json;

    RollbackCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        ReleaseLine release = world.engine().rollback(common.store(world), id);
        if (json) {
            world.out().println(Json.write(release));
        } else {
            Printing.releases(world.out(), List.of(release), false);
        }
        return 0;
    }
}
