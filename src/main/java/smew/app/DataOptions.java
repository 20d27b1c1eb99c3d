package smew.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Settings.Setting;
import smew.features.Inputs.Given;
import smew.store.RemoteFiles;

/** What {@code run} and {@code check} take. */
final class DataOptions {

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The date the run pretends to be today, such as 2021-09-17. Default: the current date.")
    Optional<LocalDate> asOf = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable that SQL reads with getvariable('NAME'), such as an @input. Repeatable.")
    Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed for every model. Default: the @seed of the model, or 42.")
    Optional<Long> seed = Optional.empty();

    @Mixin
    private final CapacityOptions capacity = new CapacityOptions();

    @Option(
            names = "--leak-tests",
            paramLabel = "SCOPE",
            description = "Which leaks to look for in feature views and models: all or none. Default: all.")
    Converters.LeakTests leakTests = Converters.LeakTests.ALL;

    RunRequest request(CommonOptions common, Surroundings world, Map<String, Setting> settings, boolean featuresOnly) {
        Path directory = world.directory();
        return new RunRequest(
                common.project(directory),
                common.store(world),
                asOf.orElseGet(() -> LocalDate.now(world.clock())),
                given(common.project(directory), directory, settings, variables),
                seed.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                capacity.threads(),
                capacity.memory(),
                featuresOnly,
                leakTests == Converters.LeakTests.ALL,
                RunRequest.Orders.NONE);
    }

    /** Values that override what SQL declares, by name in upper or lower case. */
    static Map<String, Given> given(
            Path project, Path directory, Map<String, Setting> settings, Map<String, String> variables) {
        Map<String, Given> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.forEach((name, setting) -> given.put(
                name,
                new Given(
                        setting.value(),
                        setting.origin(),
                        setting.fromFile() ? project : directory,
                        setting.fromFile())));
        variables.forEach((name, value) -> given.put(name, new Given(value, "--set " + name, directory, true)));
        given.values().stream()
                .filter(value -> value.meant() && !RemoteFiles.isRemote(value.text()))
                .forEach(value -> Converters.refuseAddress(value.origin(), value.text()));
        return given;
    }
}
