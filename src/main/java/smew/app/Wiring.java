package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import smew.aws.AwsLibrary;
import smew.aws.AwsSettings;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.base.Work;
import smew.columns.Table;
import smew.duck.Duck;
import smew.features.SqlTests;
import smew.features.TestResult;
import smew.learn.Algorithm;
import smew.learn.Algorithms;
import smew.model.Card;
import smew.monitor.Drift;
import smew.project.Project;
import smew.publish.Patience;
import smew.publish.Publication;
import smew.publish.Publisher;
import smew.publish.ReleasedViews;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.release.RunLog;
import smew.release.RunRecord;
import smew.release.WarehouseQuery;
import smew.starter.Starter;
import smew.starter.StarterProject;
import smew.starter.StarterRequest;
import smew.store.RemoteFiles;
import smew.store.Store;
import smew.store.StoreSettings;

/** Wires the rooms together for the commands. */
final class Wiring implements Engine {

    private static final Logger LOG = System.getLogger("smew.app");

    /** Requests to a store far away. */
    private static final int AT_ONCE = 64;

    private final Clock clock;

    Wiring(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RunResult run(RunRequest request, Progress progress) {
        return LoggedRun.of(request, clock, progress, steps -> new ReleaseRun(request, clock, steps).release());
    }

    @Override
    public void planned(StoreSettings store, String schedule, Instant next) {
        LoggedRun.plan(store, new RunRecord.Planned(schedule, next));
    }

    @Override
    public CheckResult check(RunRequest request, Progress progress) {
        return new ReleaseRun(request, clock, progress).check();
    }

    @Override
    public Plan plan(RunRequest request, boolean run, Progress progress) {
        return new ReleaseRun(request, clock, progress).plan(run);
    }

    @Override
    public void watch(RunRequest request, Alarm alarm, WatchListener told) throws InterruptedException {
        try (Watching watching = new Watching(request, clock, alarm)) {
            watching.watch(told);
        }
    }

    @Override
    public List<TestResult> test(Path project, Progress progress) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return SqlTests.run(Project.read(project, duck::parse).tests(), progress);
        }
    }

    @Override
    public WritingHelp writingHelp() {
        return new LocalWritingHelp();
    }

    @Override
    public StarterProject starter(StarterRequest request, Progress progress) {
        try (Scratch scratch = Scratch.open()) {
            return LocalWritingHelp.laidOut(Starter.of(request, scratch.folder(), progress));
        }
    }

    @Override
    public RunningServer serve(ServeRequest request) {
        return LocalServer.start(request);
    }

    @Override
    public RunningServer host(HostRequest request) {
        return ContainerServer.start(request);
    }

    @Override
    public Optional<Card> train(TrainRequest request, Progress progress, Consumer<String> log) {
        return new ContainerTraining(request, clock, progress, log).run();
    }

    @Override
    public Preview preview(SqlRequest request, int limit) {
        try (Releases releases = Releases.of(request.store());
                WarehouseQuery query = query(releases, request)) {
            // One row more than asked for tells whether there are more.
            return new Preview(query.preview(request.sql(), request.origin(), limit + 1), limit);
        }
    }

    private static WarehouseQuery query(Releases releases, SqlRequest request) {
        return WarehouseQuery.over(
                releases,
                request.variables(),
                request.sql(),
                (duck, files) -> ModelFunctions.define(duck, files, request.sql()));
    }

    @Override
    public void export(SqlRequest request, SqlRequest.Format format, Path file) {
        try (Releases releases = Releases.of(request.store());
                WarehouseQuery query = query(releases, request)) {
            query.export(request.sql(), request.origin(), file, options(format, file));
        }
    }

    @Override
    public Scores score(ScoreRequest request, Progress progress) {
        return EntityScores.of(request, progress);
    }

    @Override
    public List<Drift> drift(DriftRequest request) {
        return Drifting.of(request);
    }

    @Override
    public LiveFigures outcomes(OutcomesRequest request) {
        return Judging.of(request, clock);
    }

    @Override
    public void export(Table table, SqlRequest.Format format, Path file) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.export(table, file, options(format, file));
        }
    }

    @Override
    public void upload(Path file, String address, StoreSettings reached) {
        try (RemoteFiles remote = new RemoteFiles(reached)) {
            remote.put(file, address);
        }
    }

    @Override
    public Reproduction reproduce(ReproduceRequest request, Progress progress) {
        return Rebuilding.of(request, clock, progress);
    }

    @Override
    public List<ReleaseLine> releases(StoreSettings store) {
        try (Releases releases = Releases.of(store)) {
            Optional<ReleaseId> current = whole(releases::current).flatMap(id -> id);
            return Work.each(
                            releases.named(),
                            AT_ONCE,
                            id -> whole(() -> releases.whole(id)).flatMap(found -> found))
                    .stream()
                    .flatMap(Optional::stream)
                    .map(manifest -> line(manifest, current))
                    .toList();
        }
    }

    /**
     * Whoever lists releases may look for one to replace what is damaged: that is told, and passed over. A store that cannot be
     * reached is not passed over, release by release.
     */
    private static <T> Optional<T> whole(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (SmewException failed) {
            if (failed.fault() != Fault.DATA) {
                throw failed;
            }
            LOG.log(Level.WARNING, failed.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public ReleaseLine rollback(StoreSettings store, String id) {
        try (Releases releases = Releases.of(store)) {
            ReleaseId found = releases.find(id);
            releases.makeCurrent(found);
            return line(releases.manifest(found), Optional.of(found));
        }
    }

    @Override
    public List<String> prune(StoreSettings settings, AwsSettings aws, int keep) {
        try (Store store = Store.open(settings)) {
            Releases releases = new Releases(store);
            List<String> deleted = new ArrayList<>(
                    releases.prune(keep, clock).stream().map(ReleaseId::value).toList());
            deleted.addAll(SageMakerRemains.delete(store, releases, aws));
            new RunLog(store).prune(keep, releases.named());
            return deleted;
        }
    }

    @Override
    public SageMakerEngine sageMaker() {
        AwsLibrary.open();
        return new SageMakerWiring(clock);
    }

    @Override
    public List<AlgorithmLine> algorithms() {
        return Algorithms.all().stream().map(Wiring::line).toList();
    }

    @Override
    public Publication publish(PublishRequest request, boolean replace, Duration timeout, Progress progress) {
        AwsLibrary.open();
        return Publisher.publish(
                views(request), request.to(), replace, progress, request.store().aws(), Patience.of(timeout));
    }

    @Override
    public Publication.Script publishScript(PublishRequest request) {
        AwsLibrary.open();
        return Publisher.script(views(request), request.to());
    }

    private static ReleasedViews views(PublishRequest request) {
        try (Releases releases = Releases.of(request.store())) {
            ReleaseId id = request.release().map(releases::find).orElseGet(releases::requireCurrent);
            return ReleasedViews.of(
                    releases.manifest(id), request.location().orElseGet(releases::location), request.views());
        }
    }

    private static ReleaseLine line(Manifest manifest, Optional<ReleaseId> current) {
        return new ReleaseLine(
                manifest.id(),
                current.filter(id -> id.value().equals(manifest.id())).isPresent(),
                manifest.held(),
                manifest.created(),
                manifest.asOf(),
                manifest.views().stream().map(Manifest.View::name).toList(),
                manifest.models().stream().map(Manifest.Model::name).toList());
    }

    private static AlgorithmLine line(Algorithm algorithm) {
        List<String> tasks = algorithm.tasks().stream()
                .map(task -> task.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        List<AlgorithmLine.Parameter> parameters = algorithm.parameters().stream()
                .map(parameter -> new AlgorithmLine.Parameter(
                        parameter.name(),
                        parameter.type() + " from " + parameter.text(parameter.minimum()) + " to "
                                + parameter.text(parameter.maximum()),
                        parameter.text(parameter.standard()),
                        parameter.meaning()))
                .toList();
        return new AlgorithmLine(algorithm.name(), algorithm.meaning(), tasks, parameters);
    }

    private static String options(SqlRequest.Format format, Path file) {
        return switch (format) {
            case CSV -> "FORMAT csv, HEADER true" + (file.toString().endsWith(".gz") ? ", COMPRESSION gzip" : "");
            case JSON -> "FORMAT json, ARRAY true";
            case PARQUET -> "FORMAT parquet, COMPRESSION zstd";
            case TABLE -> throw new IllegalArgumentException("A table is printed, not exported.");
        };
    }
}
