package smew.app;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.sagemaker.Machines;

/** What a job runs on. */
final class MachineOptions {

    private static final int GIGABYTES = 30;

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            description =
                    "What it runs on, such as ml.m5.4xlarge. Default: ml.m5.xlarge for jobs, ml.m5.large for endpoints.")
    Optional<String> type = Optional.empty();

    @Option(names = "--instance-count", paramLabel = "N", description = "How many of these. Default: 1.")
    Optional<Converters.Count> count = Optional.empty();

    @Option(names = "--volume-size", paramLabel = "GB", description = "Disk of each machine of a job. Default: 30.")
    private Optional<Converters.Count> volume = Optional.empty();

    @Option(
            names = "--max-runtime",
            paramLabel = "DURATION",
            description = "SageMaker stops a job that takes longer. Default: 1d.")
    private Optional<Duration> longest = Optional.empty();

    Machines machines(String usual, Duration limit) {
        return new Machines(
                type.orElse(usual),
                count.map(Converters.Count::value).orElse(1),
                volume.map(Converters.Count::value).orElse(GIGABYTES),
                longest.orElse(limit));
    }
}
