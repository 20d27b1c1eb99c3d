package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Engine.ReleaseLine;
import smew.store.StoreSettings;

@Command(
        name = "releases",
        description = "Lists the releases of a store, the newest first.",
        footer = {"", "Example:  smew releases --json"})
final class ReleasesCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints them as JSON.")
    private boolean json;

    ReleasesCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        StoreSettings store = common.store(world);
        List<ReleaseLine> releases = world.engine().releases(store);
        Printing.releases(world.out(), releases, json);
        if (releases.isEmpty()) {
            world.err().println("There is no release in " + store.location() + " yet; smew run makes one.");
        }
        return 0;
    }
}
