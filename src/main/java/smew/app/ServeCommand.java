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
import smew.app.Engine.RunningServer;
import smew.app.Engine.ServeRequest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.ContainerFiles;

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
            "           smew serve --backend sagemaker:credit-risk --fallback local"
        })
final class ServeCommand implements Callable<Integer> {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
    private static final int PORT = 8080;
    private static final long BODY_BYTES = 25_000_000;

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Where to listen. Default: 127.0.0.1.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any free port. Default: 8080.")
    private Optional<Converters.Port> port = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "What clients must present. Default: generated and printed where one is needed. Better given as"
                            + " SMEW_TOKEN, because others on this machine see command lines.")
    private Optional<String> token = Optional.empty();

    @Option(
            names = "--insecure",
            fallbackValue = "true",
            description = "Listens on an address that others reach, without a token.")
    private boolean insecure;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The default model. Default: the first of the release.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--features-only", fallbackValue = "true", description = "Serves a release that has no model.")
    private boolean featuresOnly;

    @Option(names = "--body-limit", paramLabel = "SIZE", description = "The largest request body. Default: 25MB.")
    private Optional<Converters.Size> bodyLimit = Optional.empty();

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
        RunningServer server = container().map(this::host).orElseGet(this::serve);
        server.generatedToken().ifPresent(made -> world.err().println("Clients need this token: " + made));
        world.err().println("Serving on " + server.address() + " (Ctrl-C stops)");
        // SIGINT and SIGTERM start the hooks; Java then exits with 130 or 143 by itself.
        Thread stop = new Thread(server::stop, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException interrupted) {
            Runtime.getRuntime().removeShutdownHook(stop);
            server.stop();
            throw interrupted;
        }
    }

    private RunningServer serve() {
        return world.engine()
                .serve(new ServeRequest(
                        common.store(world),
                        host.orElse("127.0.0.1"),
                        port.map(Converters.Port::value).orElse(PORT),
                        token,
                        insecure,
                        model,
                        featuresOnly,
                        bodyLimit.map(Converters.Size::bytes).orElse(BODY_BYTES),
                        STOP_WITHIN,
                        backend.request(world.clock())));
    }

    /** Where this process stands in for SageMaker's own server: it starts a container with the word serve and no more. */
    private Optional<ContainerFiles> container() {
        boolean named = common.project.isPresent() || common.store.isPresent();
        Optional<ContainerFiles> files =
                ContainerFiles.ofHost(prefix.map(world.directory()::resolve), named, ContainerFiles.STANDARD);
        if (files.isPresent() && (common.store.isPresent() || model.isPresent() || featuresOnly)) {
            throw new SmewException(
                    Fault.USAGE,
                    "Serving the model below " + files.get().prefix()
                            + ": that is one model without a store, so --store, --model and --features-only do not go with"
                            + " it. Leave them out, or leave out --prefix and name a --store.");
        }
        return files;
    }

    private RunningServer host(ContainerFiles files) {
        return world.engine()
                .host(new HostRequest(
                        files,
                        world.environment(),
                        host,
                        port.map(Converters.Port::value),
                        token,
                        bodyLimit.map(Converters.Size::bytes),
                        STOP_WITHIN));
    }
}
