package smew.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.SageMakerEngine.TrainOrder;

@Command(
        name = "train",
        description = "Trains a model of a release on SageMaker, and publishes a release with it.",
        footer = {
            "",
            "The release must lie on S3. Its features stay as they are; the model's rows are uploaded once.",
            "Ctrl-C leaves the job running; --resume JOB waits for it again and brings its model back.",
            "",
            "Example:  smew sagemaker train --store s3://bucket/smew --image URI --role ARN --dry-run"
        })
final class SageMakerTrainCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "A model of the release. Default: the first.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--release", paramLabel = "ID", description = "A release of the store. Default: the current one.")
    private Optional<String> release = Optional.empty();

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

    @Option(
            names = "--spot",
            fallbackValue = "true",
            description = "Uses spare machines, which cost less and may be late.")
    private boolean spot;

    @Option(
            names = "--network-isolation",
            fallbackValue = "true",
            description = "Lets the container reach no network at all.")
    private boolean isolated;

    @Mixin
    private final OwnerOptions owner = new OwnerOptions();

    @Mixin
    private final GoingOptions going = new GoingOptions();

    SageMakerTrainCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        TrainOrder order = new TrainOrder(
                common.store(world),
                common.aws.aws(),
                model,
                release,
                resume,
                resume.isPresent() ? Optional.empty() : Optional.of(place.place(common, isolated)),
                machines.machines("ml.m5.xlarge", Duration.ofDays(1)),
                spot,
                force.reason(),
                owner.owner(common, world, going.tags),
                going.going(world));
        SageMakerPrinting.job(
                world.out(), "train", world.engine().sageMaker().train(order, world.progress()), going.json);
        return 0;
    }
}
