package smew.app;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Settings.Setting;

/** What {@code run} and {@code check} take. */
final class DataOptions {

    @Mixin
    private final InputOptions inputs = new InputOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed for every model. Default: the @seed of the model, or 42.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--leak-tests",
            paramLabel = "SCOPE",
            description = "Which leaks to look for in feature views and models: all or none. Default: all.")
    private Converters.LeakTests leakTests = Converters.LeakTests.ALL;

    RunRequest request(CommonOptions common, Surroundings world, Map<String, Setting> settings, boolean featuresOnly) {
        return inputs.request(
                common,
                world,
                settings,
                seed.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                featuresOnly,
                leakTests == Converters.LeakTests.ALL);
    }
}
