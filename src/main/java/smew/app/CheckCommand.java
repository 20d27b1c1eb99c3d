package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.release.Manifest;

@Command(
        name = "check",
        description = "Runs sources, feature views and checks without publishing a release.",
        footer = {"", "Example:  smew check --as-of 2021-09-17"})
final class CheckCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints the checks as JSON.")
    private boolean json;

    CheckCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        List<Manifest.Check> checks = world.engine()
                .check(data.request(common, world, OptionDefaults.variables(spec), false), world.progress());
        Printing.checks(world.out(), checks, json);
        return 0;
    }
}
