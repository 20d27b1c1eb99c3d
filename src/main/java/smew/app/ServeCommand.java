package smew.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Engine.RunningServer;
import smew.app.Engine.ServeRequest;

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

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Where to listen. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any free port. Default: 8080.")
    private Converters.Port port = new Converters.Port(8080);

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
    private Converters.Size bodyLimit = new Converters.Size("25MB", 25_000_000);

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    ServeCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningServer server = world.engine()
                .serve(new ServeRequest(
                        common.store(world),
                        host,
                        port.value(),
                        token,
                        insecure,
                        model,
                        featuresOnly,
                        bodyLimit.bytes(),
                        STOP_WITHIN,
                        backend.request(world.clock())));
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
}
