package smew.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.base.Fault;
import smew.base.SmewException;

@Command(
        name = "check",
        description = "Runs sources, feature views, checks and leak tests without publishing a release.",
        footer = {
            "",
            "Leak tests run feature views and models again on sources that end earlier: what changes looked into the future.",
            "",
            "Example:  smew check --as-of 2021-09-17"
        })
final class CheckCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints checks and leaks as JSON.")
    private boolean json;

    CheckCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        CheckResult result = world.engine()
                .check(data.request(common, world, OptionDefaults.variables(spec), false), world.progress());
        Printing.checks(world.out(), result, json);
        if (!result.problems().isEmpty()) {
            throw SmewException.of(Fault.DATA, "Checking", result.problems());
        }
        return 0;
    }
}
