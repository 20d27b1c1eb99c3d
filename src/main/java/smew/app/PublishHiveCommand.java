package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "The database to publish to, made if it does not exist. Default: smew.")
    private Optional<String> database = Optional.empty();

    PublishHiveCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Destination.Hive into = new Destination.Hive(database.orElse("smew"));
        Printing.published(
                world.out(), world.engine().publishScript(publish.request(common, world, List.of(), into)), false);
        return 0;
    }
}
