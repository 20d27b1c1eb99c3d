package smew.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description =
                "Tells what a run would do, and why: what changed since the current release, and what is taken from it.",
        footer = {
            "",
            "With --run everything happens but the release: rows, columns, what they hold, figures of models and checks are"
                    + " compared with the current one.",
            "",
            "Examples:  smew plan",
            "           smew plan --run --set loans=new.csv.gz"
        })
final class PlanCommand implements Callable<Integer> {

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

    @Mixin
    private final ChangeOptions changes = new ChangeOptions();

    @Option(
            names = "--run",
            fallbackValue = "true",
            description = "Runs all of it without publishing a release, and compares with the current one.")
    private boolean run;

    @Option(names = "--json", fallbackValue = "true", description = "Prints the plan as JSON.")
    private boolean json;

    PlanCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        RunRequest request = data.request(common, world, OptionDefaults.variables(spec), featuresOnly)
                .with(changes.orders(Optional.empty()));
        new PlanText(world.engine().plan(request, run, world.progress())).print(world.out(), json);
        return 0;
    }
}
