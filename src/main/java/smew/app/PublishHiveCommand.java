package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import smew.publish.Destination;

@Command(
        name = "hive",
        description = "Prints the statements that make the feature views of a release tables of Hive.",
        footer = {"", "Example:  smew publish hive --database features | beeline -u jdbc:hive2://host:10000"})
final class PublishHiveCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final DatabaseOptions into = new DatabaseOptions();

    PublishHiveCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Destination.Hive hive = new Destination.Hive(into.database);
        Printing.published(
                world.out(), world.engine().publishScript(publish.request(common, world, List.of(), hive)), false);
        return 0;
    }
}
