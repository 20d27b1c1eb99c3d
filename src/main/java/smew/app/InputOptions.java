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

/** What the SQL of a project reads, as of which day, and with how much of this machine. */
final class InputOptions {

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The date the run pretends to be today, such as 2021-09-17. Default: the current date.")
    private Optional<LocalDate> asOf = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable that SQL reads with getvariable('NAME'), such as an @input. Repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Mixin
    private final CapacityOptions capacity = new CapacityOptions();

    /** Empty: the current date. */
    Optional<LocalDate> asOf() {
        return asOf;
    }

    /** Values that override what SQL declares, by name in upper or lower case. */
    Map<String, Given> given(Path project, Path directory, Map<String, Setting> settings) {
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

    /** A run that trains nothing and looks for no leaks. */
    RunRequest request(CommonOptions common, Surroundings world, Map<String, Setting> settings) {
        return request(common, world, settings, OptionalLong.empty(), true, false);
    }

    RunRequest request(
            CommonOptions common,
            Surroundings world,
            Map<String, Setting> settings,
            OptionalLong seed,
            boolean featuresOnly,
            boolean leakTests) {
        Path directory = world.directory();
        return new RunRequest(
                common.project(directory),
                common.store(world),
                asOf.orElseGet(() -> LocalDate.now(world.clock())),
                given(common.project(directory), directory, settings),
                seed,
                capacity.threads(),
                capacity.memory(),
                featuresOnly,
                leakTests,
                RunRequest.Orders.NONE);
    }
}
