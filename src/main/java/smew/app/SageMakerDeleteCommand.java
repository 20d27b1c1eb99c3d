package smew.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.SageMakerEngine.Named;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Removal;

@Command(
        name = "delete",
        description = "Deletes an endpoint and all that was made for it, or stops a job.",
        footer = {
            "",
            "Only what carries the tags of this project is deleted. Archives and rows on S3 stay.",
            "",
            "Example:  smew sagemaker delete --endpoint credit-risk --yes"
        })
final class SageMakerDeleteCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            description = "An endpoint, its configurations, its models and its scaling.")
    private Optional<String> endpoint = Optional.empty();

    @Option(names = "--job", paramLabel = "NAME", description = "A job, which is stopped if it runs.")
    private Optional<String> job = Optional.empty();

    @Option(
            names = "--yes",
            fallbackValue = "true",
            description = "Does it; without it, only tells what would be done.")
    private boolean yes;

    @Option(
            names = "--dry-run",
            fallbackValue = "true",
            description = "Prints the requests as JSON, in order, and sends none that changes anything.")
    private boolean dryRun;

    @Mixin
    private final OwnerOptions owner = new OwnerOptions();

    SageMakerDeleteCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (endpoint.isPresent() == job.isPresent()) {
            throw new SmewException(Fault.USAGE, "smew sagemaker delete needs one of --endpoint NAME and --job NAME.");
        }
        Named named = endpoint.<Named>map(Named.Endpoint::new)
                .or(() -> job.map(Named.Job::new))
                .orElseThrow();
        Removal removal = world.engine()
                .sageMaker()
                .delete(common.aws.aws(), owner.owner(common, world, Optional.empty()), named, _ -> yes && !dryRun);
        if (dryRun) {
            world.out().print(PlannedRequest.json(removal.plan()));
            return 0;
        }
        if (removal.lines().isEmpty()) {
            world.err().println("Nothing is left to do: the job has ended, and SageMaker keeps the record of it.");
            return 0;
        }
        removal.lines().forEach(world.out()::println);
        if (!yes) {
            throw new SmewException(Fault.GATE, "Nothing was done yet. Give --yes to do what is listed.");
        }
        return 0;
    }
}
