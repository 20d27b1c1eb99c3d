package smew.app;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.app.Settings.Setting;
import smew.base.Fault;
import smew.base.SmewException;

@Command(
        name = "run",
        description = "Runs sources, feature views, checks and models, and publishes the release.",
        footer = {
            "",
            "A failed run leaves the current release untouched. So does one whose model is worse than the current one on the"
                    + " same held-out rows, beyond chance, or misses what its @require says: its release is kept beside"
                    + " (exit 7), unless --force gives a reason.",
            "Retries repeat what may pass by itself, such as missing data or"
                    + " a store held by another run, but not a wrong command line or project.",
            "--every counts from start to start, --cron in the time zone of this machine; turns never overlap, and one that"
                    + " passed meanwhile is skipped.",
            "",
            "Examples:  smew run --as-of 2021-09-17 --set loans=loans.csv.gz",
            "           smew run --cron \"0 2 * * *\" --retries 3 --retry-delay 5m"
        })
final class RunCommand implements Callable<Integer> {

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
    private final ForceOptions force = new ForceOptions();

    @Mixin
    private final ChangeOptions changes = new ChangeOptions();

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Runs now and again after each 24h, 30m, 90s or 1d.")
    private Optional<Timetable.Every> every = Optional.empty();

    @Option(
            names = "--cron",
            paramLabel = "FIELDS",
            description = "Runs when five UNIX cron fields say so, such as \"0 2 * * *\".")
    private Optional<Timetable.Cron> cron = Optional.empty();

    @Option(names = "--retries", paramLabel = "N", description = "Repeats a failed run up to N times. Default: 0.")
    private Optional<Converters.Retries> retries = Optional.empty();

    @Option(
            names = "--retry-delay",
            paramLabel = "DURATION",
            description = "Waits this long before it repeats a failed run. Default: 30s.")
    private Duration retryDelay = Duration.ofSeconds(30);

    @Option(names = "--json", fallbackValue = "true", description = "Prints the release as JSON.")
    private boolean json;

    RunCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Setting> settings = OptionDefaults.variables(spec);
        Failures failures = new Failures(world.err());
        Schedule schedule = new Schedule(
                retries.map(Converters.Retries::value).orElse(0),
                retryDelay,
                world.clock(),
                world.alarm(),
                world.err()::println,
                failed -> failures.report(failed, common.trace.isSet()));
        Optional<Timetable> timetable = timetable();
        if (timetable.isPresent()) {
            schedule.recurring(
                    timetable.get(),
                    next -> world.engine()
                            .planned(common.store(world), timetable.get().written(), next),
                    () -> turn(settings));
        } else {
            schedule.once(() -> turn(settings));
        }
        return 0;
    }

    private Optional<Timetable> timetable() {
        if (every.isPresent() && cron.isPresent()) {
            throw new SmewException(
                    Fault.USAGE, "--every and --cron are both set; give one of them. See smew run --help.");
        }
        cron.filter(fields -> fields.first(world.clock().instant()).isEmpty()).ifPresent(never -> {
            throw new SmewException(
                    Fault.USAGE,
                    "--cron \"" + never.text() + "\" names a time that never comes, such as the 30th of February."
                            + " Give it a day that its month has.");
        });
        return cron.<Timetable>map(fields -> fields).or(() -> every.map(period -> period));
    }

    private void turn(Map<String, Setting> settings) {
        RunResult result = world.engine()
                .run(
                        data.request(common, world, settings, featuresOnly).with(changes.orders(force.reason())),
                        world.progress());
        Printing.run(world.out(), result, json);
        world.out().flush();
        result.requireCurrent();
    }
}
