package smew.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.app.SageMakerEngine.RunOrder;

@Command(
        name = "run",
        description = "Runs this project on a machine of SageMaker, or spread over several by entity.",
        footer = {
            "",
            "The store and all inputs must lie on S3. One machine publishes the release itself.",
            "Several machines (--instance-count) each make the features of some files of one input, in which an entity must lie in"
                    + " one file only; here these are merged, checked, trained on and published. A feature view may then look at"
                    + " rows of its own entities only, not at averages over all.",
            "",
            "Example:  smew sagemaker run --store s3://bucket/smew --set loans=s3://bucket/loans/ --instance-count 4"
        })
final class SageMakerRunCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--features-only", fallbackValue = "true", description = "Trains no model.")
    private boolean featuresOnly;

    @Option(
            names = "--shard",
            paramLabel = "INPUT",
            description =
                    "The input to spread over several machines. Default: the only one that is a folder or a pattern.")
    private Optional<String> shard = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "JOB",
            description = "Waits for a job that was begun before, instead of beginning one.")
    private Optional<String> resume = Optional.empty();

    @Mixin
    private final ForceOptions force = new ForceOptions();

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Mixin
    private final MachineOptions machines = new MachineOptions();

    @Mixin
    private final OwnerOptions owner = new OwnerOptions();

    @Mixin
    private final GoingOptions going = new GoingOptions();

    SageMakerRunCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunOrder order = new RunOrder(
                data.request(common, world, OptionDefaults.variables(spec), featuresOnly)
                        .with(new RunRequest.Orders(force.reason(), false, false)),
                common.aws.aws(),
                shard,
                resume,
                resume.isPresent() ? Optional.empty() : Optional.of(place.place(common, false)),
                machines.machines("ml.m5.xlarge", Duration.ofDays(1)),
                owner.owner(common, world, going.tags),
                going.going(world));
        SageMakerPrinting.job(world.out(), "run", world.engine().sageMaker().run(order, world.progress()), going.json);
        return 0;
    }
}
