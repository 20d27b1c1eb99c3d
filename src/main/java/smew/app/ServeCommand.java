package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Engine.HostRequest;
import smew.app.Engine.ServeRequest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.ContainerFiles;
import smew.serve.ServeSettings;
import smew.store.StoreSettings;

@Command(
        name = "serve",
        description =
                "Answers predictions and features by id over HTTP, from the current release, and follows new ones.",
        footer = {
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
        })
final class ServeCommand implements Callable<Integer> {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    /** Each look at CURRENT is a request that somebody pays for. */
    private static final Duration POLL_OF_S3 = Duration.ofSeconds(5);

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The default model. Default: the first of the release.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--features-only", fallbackValue = "true", description = "Serves a release that has no model.")
    private boolean featuresOnly;

    @Option(
            names = "--stop-delay",
            paramLabel = "DURATION",
            description = "How long a server that is told to stop goes on answering after /readyz says no, so that load"
                    + " balancers notice. Default: 0s.")
    private Duration stopDelay = Duration.ZERO;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private final SqlOptions sql = new SqlOptions();

    @Mixin
    private final TrialOptions trials = new TrialOptions();

    @Mixin
    private final LogOptions logs = new LogOptions();

    @Option(
            names = "--prefix",
            paramLabel = "DIR",
            description =
                    "Serves the model that SageMaker's training left below this folder, alone, on 0.0.0.0 and without a"
                            + " token. Default: /opt/ml where that has a model and neither --project nor --store is given.")
    private Optional<Path> prefix = Optional.empty();

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    ServeCommand(Surroundings world) {
        this.world = world;
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
        server.generatedToken().ifPresent(made -> world.err().println("Clients need this token: " + made));
        world.err().println("Settings: " + server.settings());
        world.err().println("Serving on " + server.address() + " (Ctrl-C stops)");
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
                                model,
                                featuresOnly,
                                limits.limits(),
                                timing(store, stopDelay),
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
                ContainerFiles.ofHost(prefix.map(world.directory()::resolve), named, ContainerFiles.STANDARD);
        if (files.isPresent() && (common.store.isPresent() || model.isPresent() || featuresOnly || trials.areGiven())) {
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
                        listen.host,
                        listen.port.map(Converters.Port::value),
                        listen.token,
                        limits.body.map(Converters.Size::bytes),
                        STOP_WITHIN));
    }
}
