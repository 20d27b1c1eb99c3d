package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.app.Engine.ServeRequest;
import smew.serve.ServeSettings;

@Command(
        name = "ui",
        description = "Shows a project in the browser as it stands on disk, with or without a release.",
        footer = {
            "",
            "The page shows the SQL with what is wrong in it, what became of runs, and the current release if there is one; it"
                    + " follows both. It is that of smew serve, which needs a release and shows no project.",
            "",
            "Any address but this machine's own needs a token, or an explicit --insecure.",
            "",
            "Examples:  smew ui",
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

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable that SQL reads with getvariable('NAME'), such as an @input. Repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Mixin
    private final SqlOptions sql = new SqlOptions();

    UiCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path directory = world.directory();
        Path project = common.project(directory);
        ServeSettings defaults = ServeSettings.DEFAULT;
        RunningServer server = world.engine()
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
                        false,
                        Optional.empty(),
                        sql.limits(),
                        Optional.of(new ProjectRequest(
                                project,
                                DataOptions.given(project, directory, OptionDefaults.variables(spec), variables)))));
        ServeCommand.untilStopped(world, server);
        return 0;
    }
}
