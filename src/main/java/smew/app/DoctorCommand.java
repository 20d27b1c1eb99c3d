package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.app.Symptom.State;
import smew.app.WritingHelp.Examination;
import smew.base.Fault;
import smew.base.Json;
import smew.base.UserCache;

@Command(
        name = DoctorCommand.NAME,
        description = "Tells how this machine, the project, its settings and its store are, and what to do about it.",
        footer = {
            "",
            "Each line is ok, warn or fail. Exit code 5 where one fails. Nothing is asked over a network.",
            "",
            "Example:  smew doctor --project my-project"
        })
final class DoctorCommand implements Callable<Integer> {

    static final String NAME = "doctor";

    private static final String PORT = "port";
    private static final int USUAL_PORT = 8080;

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints what was found as a JSON array.")
    private boolean json;

    DoctorCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (!(spec.defaultValueProvider() instanceof TolerantDefaults defaults)) {
            throw new IllegalStateException("doctor reads settings that may be wrong");
        }
        Settings settings = defaults.settings(spec);
        List<Symptom> found = new ArrayList<>(SettingSymptoms.of(settings, defaults.wrong()));
        Examination examination = new Examination(
                common.project(world.directory()),
                common.store(world),
                port(settings),
                UserCache.folder(world.environment()),
                world.environment());
        found.addAll(world.engine().writingHelp().examine(examination));
        if (json) {
            world.out().println(Json.write(found));
        } else {
            found.forEach(symptom -> world.out().println(line(symptom)));
        }
        return found.stream().anyMatch(symptom -> symptom.state() == State.FAIL) ? Fault.NOT_READY.exitCode() : 0;
    }

    private static int port(Settings settings) {
        return Optional.ofNullable(settings.values().get(PORT))
                .map(Settings.Setting::value)
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .filter(port -> port > 0 && port <= 65_535)
                .orElse(USUAL_PORT);
    }

    private static String line(Symptom symptom) {
        return String.format(
                        Locale.ROOT,
                        "%-4s  %-8s  %s",
                        symptom.state().name().toLowerCase(Locale.ROOT),
                        symptom.about(),
                        symptom.found())
                + symptom.advice().map(advice -> "\n" + " ".repeat(16) + advice).orElse("");
    }
}
