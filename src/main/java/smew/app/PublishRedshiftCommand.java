package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Engine.PublishRequest;
import smew.publish.Destination;

@Command(
        name = "redshift",
        description = "Loads the feature views of a release on S3 into Redshift, each in one transaction.",
        footer = {
            "",
            "Example:  smew publish redshift --workgroup analytics --database dev --iam-role default --dry-run"
        })
final class PublishRedshiftCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Option(names = "--workgroup", paramLabel = "NAME", description = "A workgroup of Redshift Serverless.")
    private Optional<String> workgroup = Optional.empty();

    @Option(names = "--cluster", paramLabel = "ID", description = "A provisioned cluster, instead of --workgroup.")
    private Optional<String> cluster = Optional.empty();

    @Option(
            names = "--db-user",
            paramLabel = "USER",
            description = "The database user of a cluster. Default: the one that stands for the AWS credentials.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--secret-arn",
            paramLabel = "ARN",
            description = "A secret of Secrets Manager with user and password.")
    private Optional<String> secret = Optional.empty();

    @Option(names = "--database", required = true, paramLabel = "NAME", description = "The database to publish to.")
    private String database = "";

    @Option(names = "--schema", paramLabel = "NAME", description = "The schema, which must exist. Default: public.")
    private Optional<String> schema = Optional.empty();

    @Option(
            names = "--iam-role",
            required = true,
            paramLabel = "ARN",
            description = "The role with which Redshift reads the bucket, or default for the one set there.")
    private String role = "";

    @Option(
            names = "--view",
            paramLabel = "NAME",
            description = "A feature view to publish; repeatable. Default: all of them.")
    private List<String> views = new ArrayList<>();

    @Mixin
    private final WarehouseOptions warehouse = new WarehouseOptions();

    @Option(
            names = "--dry-run",
            fallbackValue = "true",
            description = "Prints the requests as JSON and sends none; needs no credentials.")
    private boolean dryRun;

    PublishRedshiftCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Destination.Redshift into =
                new Destination.Redshift(workgroup, cluster, user, secret, database, schema.orElse("public"), role);
        PublishRequest request = publish.request(common, world, views, into);
        Printing.published(
                world.out(),
                dryRun
                        ? world.engine().publishScript(request)
                        : world.engine().publish(request, warehouse.replace, warehouse.timeout(), world.progress()),
                warehouse.json);
        return 0;
    }
}
