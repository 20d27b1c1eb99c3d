package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.store.StoreSettings;
import tools.jackson.core.JacksonException;

@Command(
        name = "shard",
        description =
                "Makes the features of one machine's part of a run; smew sagemaker run starts it in the container.",
        footer = {"", "The features go to HOST below --store, where smew sagemaker run finds those of all machines."})
final class SageMakerShardCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            description = "Where SageMaker tells which machine this is. Default: /opt/ml/config/resourceconfig.json.")
    private Path hosts = Path.of("/opt/ml/config/resourceconfig.json");

    SageMakerShardCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        RunRequest asked = data.request(common, world, OptionDefaults.variables(spec), true);
        StoreSettings store = asked.store();
        RunRequest request = new RunRequest(
                asked.project(),
                new StoreSettings(store.location().replaceFirst("/+$", "") + "/" + host(), store.aws(), store.s3()),
                asked.asOf(),
                asked.variables(),
                asked.seed(),
                asked.threads(),
                asked.memory(),
                true,
                asked.leakTests(),
                RunRequest.Orders.NONE);
        Printing.run(world.out(), world.engine().sageMaker().shard(request, world.progress()), false);
        return 0;
    }

    private String host() {
        Path file = world.directory().resolve(hosts);
        try {
            String host =
                    Json.tree(Files.readAllBytes(file)).path("current_host").asString("");
            if (host.matches("[A-Za-z0-9._-]+")) {
                return host;
            }
        } catch (IOException | JacksonException unreadable) {
            throw wrong(file, unreadable.toString());
        }
        throw wrong(file, "it names no current_host");
    }

    private static SmewException wrong(Path file, String found) {
        return new SmewException(
                Fault.CONFIGURATION,
                "Reading " + file + ": " + found
                        + ", expected what SageMaker writes there. Run smew run instead where there"
                        + " is no processing job.");
    }
}
