package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Engine.PublishRequest;
import smew.publish.Destination;

@Command(
        name = "athena",
        description = "Makes the feature views of a release on S3 tables of Athena, which read its Parquet files.",
        footer = {"", "Example:  smew publish athena --database features --output s3://bucket/results/"})
final class PublishAthenaCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final DatabaseOptions into = new DatabaseOptions();

    @Option(names = "--workgroup", paramLabel = "NAME", description = "A workgroup of Athena. Default: primary.")
    private Optional<String> workgroup = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "S3-URI",
            description = "Where Athena leaves the results of queries. Default: where its workgroup says.")
    private Optional<String> output = Optional.empty();

    @Mixin
    private final WarehouseOptions warehouse = new WarehouseOptions();

    @Option(
            names = "--print",
            fallbackValue = "true",
            description = "Prints the statements and runs none; needs no credentials.")
    private boolean print;

    PublishAthenaCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        PublishRequest request =
                publish.request(common, world, List.of(), new Destination.Athena(into.database, workgroup, output));
        Printing.published(
                world.out(),
                print
                        ? world.engine().publishScript(request)
                        : world.engine().publish(request, warehouse.replace, warehouse.timeout(), world.progress()),
                warehouse.json);
        return 0;
    }
}
