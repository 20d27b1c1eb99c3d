package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.base.Json;

@Command(
        name = "prune",
        description = "Deletes old releases and what killed runs left behind, in a folder or on S3.",
        footer = {
            "",
            "The current release always stays. What a killed run left on S3 is deleted when it is a day old.",
            "So is what smew sagemaker left below STORE/sagemaker/ (rows, projects, parts of runs, outputs of jobs, models) when it"
                    + " is a day older than the oldest release that stays and neither a running job nor a model on SageMaker"
                    + " names it; SageMaker is asked then, in the region and with the credentials of this command.",
            "",
            "Example:  smew prune --keep 10"
        })
final class PruneCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--keep", paramLabel = "N", required = true, description = "How many of the newest releases stay.")
    private Converters.Count keep = new Converters.Count(1);

    @Option(names = "--json", fallbackValue = "true", description = "Prints what was deleted as JSON.")
    private boolean json;

    PruneCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        List<String> deleted = world.engine().prune(common.store(world), common.aws.aws(), keep.value());
        if (json) {
            world.out().println(Json.write(deleted));
        } else {
            deleted.forEach(one -> world.out().println("deleted " + one));
        }
        return 0;
    }
}
