package smew.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.SageMakerEngine.DeployOrder;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.Hosting;

@Command(
        name = "deploy",
        description = "Puts a model of a release behind a SageMaker endpoint, new or in service.",
        footer = {
            "",
            "An endpoint in service answers all the while. When it serves the model, sample rows are sent to it: where it says"
                    + " other things than the model, it gets back what it served before (a new one is deleted), and the exit"
                    + " code is 7.",
            "",
            "Example:  smew sagemaker deploy --endpoint credit-risk --image URI --role ARN --autoscaling 1:4"
        })
final class SageMakerDeployCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--endpoint", paramLabel = "NAME", required = true, description = "The endpoint to make or update.")
    private String endpoint = "";

    @Option(names = "--model", paramLabel = "NAME", description = "A model of the release. Default: the first.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--release", paramLabel = "ID", description = "A release of the store. Default: the current one.")
    private Optional<String> release = Optional.empty();

    @Option(
            names = "--upload",
            paramLabel = "S3-URI",
            description = "Where model.tar.gz goes where the store is a folder. Default: the store.")
    private Optional<Place> upload = Optional.empty();

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            description =
                    "What it runs on, such as ml.m5.4xlarge. Default: ml.m5.xlarge for jobs, ml.m5.large for endpoints.")
    private Optional<String> type = Optional.empty();

    @Option(names = "--instance-count", paramLabel = "N", description = "How many of these. Default: 1.")
    private Optional<Converters.Count> count = Optional.empty();

    @Option(
            names = "--serverless",
            paramLabel = "MB:CONCURRENCY",
            description = "Machines that come and go with requests, as in 2048:10, instead of instances.")
    private Optional<Hosting.Serverless> serverless = Optional.empty();

    @Option(names = "--variant", paramLabel = "NAME", description = "Name of the variant. Default: main.")
    private Optional<String> variant = Optional.empty();

    @Option(
            names = "--autoscaling",
            paramLabel = "MIN:MAX[:TARGET]",
            description =
                    "From MIN to MAX instances, so that each gets TARGET requests a minute. Default of TARGET: 1000.")
    private Optional<Hosting.Scaling> autoscaling = Optional.empty();

    @Option(
            names = "--data-capture",
            paramLabel = "PERCENT:S3-URI",
            description = "Keeps so many of the requests and answers there.")
    private Optional<Hosting.Capture> capture = Optional.empty();

    @Option(
            names = "--network-isolation",
            fallbackValue = "true",
            description = "Lets the container reach no network at all.")
    private boolean isolated;

    @Option(
            names = "--allow-difference",
            fallbackValue = "true",
            description = "Keeps an endpoint that says other things than the model.")
    private boolean allowDifference;

    @Mixin
    private final OwnerOptions owner = new OwnerOptions();

    @Mixin
    private final GoingOptions going = new GoingOptions();

    SageMakerDeployCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (serverless.isPresent() && count.isPresent()) {
            throw new SmewException(Fault.USAGE, "--serverless and --instance-count are both set; give one of them.");
        }
        Hosting hosting = serverless
                .<Hosting>map(found -> found)
                .orElseGet(() -> new Hosting.Instances(
                        type.orElse("ml.m5.large"),
                        count.map(Converters.Count::value).orElse(1)));
        DeployOrder order = new DeployOrder(
                common.store(world),
                common.aws.aws(),
                upload.map(found -> found.from(world.directory())),
                model,
                release,
                endpoint,
                variant.orElse("main"),
                place.place(common, isolated),
                hosting,
                autoscaling,
                capture,
                allowDifference,
                owner.owner(common, world, going.tags),
                going.going(world));
        SageMakerPrinting.deployed(
                world.out(), world.err(), world.engine().sageMaker().deploy(order, world.progress()), going.json);
        return 0;
    }
}
