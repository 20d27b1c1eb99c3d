package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.app.Engine.ServeRequest;
import smew.base.SmewException;
import smew.serve.ServeSettings;

@Command(
        name = "ui",
        description = "Shows a project in the browser as it stands on disk, with or without a release.",
        footer = {
            "",
            "The page shows the SQL with what is wrong in it, what became of runs, and the current release if there is one; it"
                    + " follows both. It is that of smew serve, which needs a release and shows no project.",
            "",
            "With --watch, what a saved file concerns runs at once, in memory, and the page shows the rows that came out of it and"
                    + " what is different; the terminal does, too. Nothing is published and no model is trained. --threads and"
                    + " --memory are for that.",
            "",
            "Any address but this machine's own needs a token, or an explicit --insecure.",
            "",
            "Examples:  smew ui",
            "           smew ui --watch --as-of 2021-09-17",
            "           smew ui --project my-project --port 0"
        })
final class UiCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    @Mixin
    private final InputOptions inputs = new InputOptions();

    @Option(
            names = "--watch",
            fallbackValue = "true",
            description = "Runs what a saved file concerns and shows what became of it.")
    private boolean watch;

    @Mixin
    private final SqlOptions sql = new SqlOptions();

    UiCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!watch) {
            ServeCommand.untilStopped(world, serve(Optional.empty()));
            return 0;
        }
        LiveBoard board = new LiveBoard(world.clock());
        RunRequest request = inputs.request(common, world, OptionDefaults.variables(spec));
        RunningServer server = serve(Optional.of(board));
        WatchListener told = new WatchText(world.out(), world.clock(), false).and(board);
        Thread watching = Thread.ofPlatform().daemon().name("smew-watch").start(() -> watch(request, told));
        try {
            ServeCommand.untilStopped(world, server);
        } finally {
            watching.interrupt();
            watching.join();
        }
        return 0;
    }

    private void watch(RunRequest request, WatchListener told) {
        try {
            world.engine().watch(request, world.alarm(), told);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (SmewException failed) {
            world.err().println("Watching has ended, the page stays: " + failed.getMessage());
        }
    }

    private RunningServer serve(Optional<LiveBoard> board) {
        Path directory = world.directory();
        Path project = common.project(directory);
        ServeSettings defaults = ServeSettings.DEFAULT;
        return world.engine()
                .serve(new ServeRequest(
                        common.store(world),
                        new ServeSettings(
                                listen.listening(directory),
                                listen.access(directory),
                                Optional.empty(),
                                true,
                                defaults.limits(),
                                ServeCommand.timing(common.store(world), Duration.ZERO),
                                defaults.hosting(),
                                defaults.trials()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        sql.limits(),
                        Optional.of(new ProjectRequest(
                                project,
                                inputs.given(project, directory, OptionDefaults.variables(spec)),
                                inputs.asOf(),
                                board))));
    }
}
