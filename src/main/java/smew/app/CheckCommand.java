package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.base.Fault;
import smew.base.SmewException;
import smew.features.TestResult;

@Command(
        name = "check",
        description = "Runs tests, sources, feature views, checks and leak tests without publishing a release.",
        footer = {
            "",
            "Tests in sql/tests bring a few rows and those expected of them; they read no data, and one that fails stops the rest.",
            "Leak tests run feature views and models again on sources that end earlier: what changes looked into the future.",
            "",
            "Examples:  smew check --as-of 2021-09-17",
            "           smew check --tests-only"
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

    @Option(
            names = "--tests-only",
            fallbackValue = "true",
            description = "Runs the tests in sql/tests and nothing else; needs no data.")
    private boolean testsOnly;

    @Option(names = "--json", fallbackValue = "true", description = "Prints tests, checks and leaks as JSON.")
    private boolean json;

    CheckCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        return testsOnly ? test() : check();
    }

    private int test() {
        List<TestResult> results = world.engine().test(common.project(world.directory()), world.progress());
        Printing.tests(world.out(), results, json);
        world.out().flush();
        TestLines.require(results);
        if (results.isEmpty()) {
            world.err().println("There is no test: write some to sql/tests.");
        }
        return 0;
    }

    private int check() {
        CheckResult result = world.engine()
                .check(data.request(common, world, OptionDefaults.variables(spec), false), world.progress());
        Printing.checks(world.out(), result, json);
        if (!result.problems().isEmpty()) {
            world.out().flush();
            TestLines.require(result.tests());
            throw SmewException.of(Fault.DATA, "Checking", result.problems());
        }
        return 0;
    }
}
