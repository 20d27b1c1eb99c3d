package smew.app;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.app.SageMakerEngine.Going;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.Polling;

/** How far a command goes that makes something on SageMaker. */
final class GoingOptions {

    /** A describing call costs nothing, and a job takes minutes to start. */
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    @Option(
            names = "--dry-run",
            fallbackValue = "true",
            description = "Prints the requests as JSON, in order, and sends none that changes anything.")
    boolean dryRun;

    @Option(
            names = "--no-wait",
            fallbackValue = "true",
            description = "Begins it and leaves it to itself; smew sagemaker status tells how it is.")
    boolean noWait;

    @Option(
            names = "--wait-limit",
            paramLabel = "DURATION",
            description = "How long to wait; what was begun goes on after that. Default: 24h.")
    private Optional<Duration> waitLimit = Optional.empty();

    @Option(
            names = "--tags",
            paramLabel = "K=V[,K=V...]",
            description = "Tags for everything that is made on SageMaker, beside smew:project and smew:release.")
    Optional<String> tags = Optional.empty();

    @Option(names = "--json", fallbackValue = "true", description = "Prints the result as JSON.")
    boolean json;

    Going going(Surroundings world) {
        if (dryRun && noWait) {
            throw new SmewException(Fault.USAGE, "--dry-run and --no-wait are both set; give one of them.");
        }
        return new Going(
                dryRun,
                noWait
                        ? Optional.empty()
                        : Optional.of(new Polling(
                                world.clock(),
                                world.alarm()::waitUntil,
                                INTERVAL,
                                waitLimit.orElse(Duration.ofHours(24)))),
                world.err()::println);
    }
}
