package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import smew.app.Engine.HostRequest;
import smew.app.Engine.ServeRequest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.ContainerFiles;
import smew.serve.ServeSettings;
import smew.store.StoreSettings;

final class ServeCommand extends Options implements Callable<Integer> {

    static final String DESCRIPTION =
            "Answers predictions and features by id over HTTP, from the current release, and follows new ones.";

    private static final String[] FOOTER = {
        "",
        "Any address but this machine's own needs a token, which clients send as Authorization: Bearer TOKEN, or an"
                + " explicit --insecure.",
        "",
        "With --backend, a sample of online rows is sent to the endpoint and to the model of the release first; where"
                + " they predict different things, serve refuses to start.",
        "",
        "Examples:  smew serve --port 8080",
        "           SMEW_TOKEN=... smew serve --host 0.0.0.0",
        "           smew serve --backend sagemaker:credit-risk --fallback local",
        "           smew serve --canary 20261126T200229.182Z-b0856e8c5953=5%%"
    };

    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    /** Each look at CURRENT is a request that somebody pays for. */
    private static final Duration POLL_OF_S3 = Duration.ofSeconds(5);

    private final Surroundings world;

    private final CommonOptions common = with(new CommonOptions());
    private final ListenOptions listen = with(new ListenOptions());

    private final Given<String> model =
            option(String.class, "--model", "NAME", "The default model. Default: the first of the release.");

    private final Flag featuresOnly = flag("--features-only", "Serves a release that has no model.");

    private final Given<Duration> stopDelay = option(
            Duration.class,
            "--stop-delay",
            "DURATION",
            "How long a server that is told to stop goes on answering after /readyz says no, so that load"
                    + " balancers notice. Default: 0s.");

    private final LimitOptions limits = with(new LimitOptions());
    private final SqlOptions sql = with(new SqlOptions());
    private final TrialOptions trials = with(new TrialOptions());
    private final LogOptions logs = with(new LogOptions());

    private final Given<Path> prefix = option(
            Path.class,
            "--prefix",
            "DIR",
            "Serves the model that SageMaker's training left below this folder, alone, on 0.0.0.0 and without a"
                    + " token. Default: /opt/ml where that has a model and neither --project nor --store is given.");

    private final BackendOptions backend = with(new BackendOptions());

    private ServeCommand(Surroundings world) {
        this.world = world;
    }

    static CommandSpec of(Surroundings world) {
        ServeCommand command = new ServeCommand(world);
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.usageMessage().description(DESCRIPTION).footer(FOOTER);
        command.addTo(spec);
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.format(logs.json());
        untilStopped(world, container().map(this::host).orElseGet(this::serve));
        return 0;
    }

    /** Says where a server is and waits until the process is told to end. */
    static void untilStopped(Surroundings world, RunningServer server) throws InterruptedException {
        // Ctrl-C starts the hook; Java then exits with 130 by itself.
        Thread stop = new Thread(server::stop, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        CountDownLatch told = new CountDownLatch(1);
        Termination.then(told::countDown);
        // Said last: whoever reads it may ask the process to end at once.
        server.generatedToken()
                .ifPresent(made -> world.err().println(Logging.line("Clients need this token: " + made)));
        world.err().println(Logging.line("Settings: " + server.settings()));
        world.err().println(Logging.line("Serving on " + server.address() + " (Ctrl-C stops)"));
        try {
            told.await();
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
            server.stop();
        }
    }

    private RunningServer serve() {
        StoreSettings store = common.store(world);
        return world.engine()
                .serve(new ServeRequest(
                        store,
                        new ServeSettings(
                                listen.listening(world.directory()),
                                listen.access(world.directory()),
                                model.value(),
                                featuresOnly.isSet(),
                                limits.limits(),
                                timing(store, stopDelay.value().orElse(Duration.ZERO)),
                                ServeSettings.DEFAULT.hosting(),
                                trials.trials()),
                        logs.accessLog(world.directory()),
                        logs.predictions(),
                        backend.request(world.clock()),
                        sql.limits(),
                        Optional.empty()));
    }

    /** How often a store is looked at, and how a server stops. */
    static ServeSettings.Timing timing(StoreSettings store, Duration stopDelay) {
        ServeSettings.Timing defaults = ServeSettings.DEFAULT.timing();
        return new ServeSettings.Timing(
                store.onS3() ? POLL_OF_S3 : defaults.poll(), stopDelay, STOP_WITHIN, defaults.clock());
    }

    /** Where this process stands in for SageMaker's own server: it starts a container with the word serve and no more. */
    private Optional<ContainerFiles> container() {
        boolean named = common.project.isPresent() || common.store.isPresent();
        Optional<ContainerFiles> files =
                ContainerFiles.ofHost(prefix.value().map(world.directory()::resolve), named, ContainerFiles.STANDARD);
        if (files.isPresent()
                && (common.store.isPresent() || model.isPresent() || featuresOnly.isSet() || trials.areGiven())) {
            throw new SmewException(
                    Fault.USAGE,
                    "Serving the model below " + files.get().prefix()
                            + ": that is one model without a store, so --store, --model, --features-only, --canary and --shadow do not"
                            + " go with it. Leave them out, or leave out --prefix and name a --store.");
        }
        return files;
    }

    private RunningServer host(ContainerFiles files) {
        return world.engine()
                .host(new HostRequest(
                        files,
                        world.environment(),
                        listen.host.value(),
                        listen.port.value().map(Converters.Port::value),
                        listen.token.value(),
                        limits.body.value().map(Converters.Size::bytes),
                        STOP_WITHIN));
    }
}
