package smew.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.app.Engine.TrainRequest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.learn.Algorithms;
import smew.learn.Parameter;
import smew.learn.Training;
import smew.model.Card;
import smew.project.Relation;
import smew.sagemaker.ChannelRows;
import smew.sagemaker.Channels;
import smew.sagemaker.ContainerFiles;
import smew.sagemaker.HyperParameters;
import smew.sagemaker.TrainingHosts;

/** The training job of one container: from its channels to a model's files, or to the reason why there are none. */
final class ContainerTraining {

    /** What DuckDB may hold of the machine's memory before it spills; the rest is Java's, which trains. */
    private static final double DUCK_SHARE = 0.3;

    private final TrainRequest request;
    private final ContainerFiles files;
    private final Clock clock;
    private final Progress progress;
    private final Consumer<String> log;

    ContainerTraining(TrainRequest request, Clock clock, Progress progress, Consumer<String> log) {
        this.request = request;
        this.files = ContainerFiles.ofJob(request.prefix(), request.environment());
        this.clock = clock;
        this.progress = progress;
        this.log = log;
    }

    /** Trains; empty where another host of the job does. What fails is written for SageMaker to show, and thrown. */
    Optional<Card> run() {
        files.requireJob(request.environment());
        try {
            return train();
        } catch (RuntimeException | Error failed) {
            try {
                files.writeFailure(Failures.sentence(failed));
            } catch (SmewException unwritten) {
                log.accept(unwritten.getMessage());
            }
            throw failed;
        }
    }

    private Optional<Card> train() {
        files.clear();
        TrainingHosts hosts = TrainingHosts.read(files, request.environment());
        Channels channels = Channels.read(files, request.environment(), hosts);
        if (!hosts.trains()) {
            log.accept(hosts.idle());
            return Optional.empty();
        }
        HyperParameters parameters = HyperParameters.read(files, request.environment(), algorithmKeys());
        LocalDate asOf = parameters.asOf().orElseGet(() -> LocalDate.now(clock));
        // What is wrong with the job is told before its rows are read, which may take long.
        Training.check(parameters.model(Optional.of("label")));
        Path scratch = scratch();
        try {
            ChannelRows rows = read(channels, scratch);
            Relation.Model model = parameters.model(rows.label());
            if (!rows.heldOut().isEmpty() && model.split().isPresent()) {
                log.accept("The split is not used, because channel "
                        + channels.heldOut().orElseThrow().name() + " has the rows to evaluate on.");
            }
            Card card = onThreads(rows, model, asOf);
            files.writeExtra("metrics.json", Json.pretty(summary(card)));
            return Optional.of(card);
        } finally {
            delete(scratch);
        }
    }

    private ChannelRows read(Channels channels, Path scratch) {
        Duck.Limits limits =
                new Duck.Limits(threads(), Optional.of(duckMegabytes() + "MiB"), Optional.of(scratch.resolve("spill")));
        try (Duck duck = Duck.inMemory(limits)) {
            return ChannelRows.read(duck, channels, scratch, progress, log);
        }
    }

    private Card onThreads(ChannelRows rows, Relation.Model model, LocalDate asOf) {
        try (ForkJoinPool pool =
                new ForkJoinPool(threads().orElse(Runtime.getRuntime().availableProcessors()))) {
            return pool.submit(() -> Training.fit(
                            model,
                            rows.rows(),
                            rows.heldOut(),
                            Training.Terms.of(asOf).tested(),
                            files.model(),
                            progress))
                    .join();
        }
    }

    private Optional<Integer> threads() {
        return Optional.ofNullable(request.environment().get("SM_NUM_CPUS"))
                .filter(text -> text.matches("[1-9]\\d{0,3}"))
                .map(Integer::valueOf);
    }

    private static long duckMegabytes() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                        ? machine.getTotalMemorySize()
                        : Runtime.getRuntime().maxMemory();
        return Math.max(256, (long) (DUCK_SHARE * memory) >> 20);
    }

    private static Set<String> algorithmKeys() {
        return Algorithms.all().stream()
                .flatMap(algorithm -> algorithm.parameters().stream())
                .map(Parameter::name)
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> summary(Card card) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("model", card.name());
        summary.put("metrics", card.metrics().figures());
        summary.put("baseline", card.metrics().baseline());
        summary.put("split", card.split());
        summary.put("rows", card.rows());
        return summary;
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("smew-train");
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Making a temporary folder failed: " + failed
                            + ". Name one that may be used with -Djava.io.tmpdir=DIR.",
                    failed);
        }
    }

    private static void delete(Path scratch) {
        try (Stream<Path> tree = Files.walk(scratch)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            // The container goes away with it.
            return;
        }
    }
}
