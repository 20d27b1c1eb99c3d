package smew.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.base.Fault;
import smew.base.SmewException;

@Command(
        name = "status",
        description = "Tells how the project's jobs and endpoints on SageMaker are.",
        footer = {
            "",
            "Of all of them, the newest 100 endpoints and the newest 20 jobs of each kind are looked at.",
            "",
            "Example:  smew sagemaker status --endpoint credit-risk --json"
        })
final class SageMakerStatusCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--endpoint", paramLabel = "NAME", description = "An endpoint.")
    private Optional<String> endpoint = Optional.empty();

    @Option(names = "--job", paramLabel = "NAME", description = "A training or processing job.")
    private Optional<String> job = Optional.empty();

    @Mixin
    private final OwnerOptions owner = new OwnerOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints the result as JSON.")
    private boolean json;

    SageMakerStatusCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (endpoint.isPresent() && job.isPresent()) {
            throw new SmewException(Fault.USAGE, "--endpoint and --job are both set; give one of them.");
        }
        SageMakerPrinting.standing(
                world.out(),
                world.engine()
                        .sageMaker()
                        .status(common.aws.aws(), owner.owner(common, world, Optional.empty()), endpoint, job),
                json);
        return 0;
    }
}
