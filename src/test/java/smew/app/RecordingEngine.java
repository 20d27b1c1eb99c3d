package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import smew.aws.AwsSettings;
import smew.base.Progress;
import smew.columns.Table;
import smew.features.TestResult;
import smew.model.Card;
import smew.monitor.Drift;
import smew.publish.Publication;
import smew.publish.Published;
import smew.release.Manifest;
import smew.starter.StarterProject;
import smew.starter.StarterRequest;
import smew.store.StoreSettings;

/** An engine that does no work, remembers what it was asked, and fails as told. */
final class RecordingEngine implements Engine {

    final List<RunRequest> runs = new ArrayList<>();
    final List<ServeRequest> serves = new ArrayList<>();
    final List<HostRequest> hosts = new ArrayList<>();
    final List<DriftRequest> drifts = new ArrayList<>();
    final List<PublishRequest> publications = new ArrayList<>();
    final RecordingSageMaker sageMaker = new RecordingSageMaker();
    final List<String> planned = new ArrayList<>();
    final Deque<Optional<Throwable>> outcomes = new ArrayDeque<>();

    @Override
    public RunResult run(RunRequest request, Progress progress) {
        runs.add(request);
        Optional<Throwable> outcome = outcomes.isEmpty() ? Optional.empty() : outcomes.removeFirst();
        outcome.ifPresent(RecordingEngine::fail);
        Manifest manifest = new Manifest(
                "20260101T000000.000Z-000000000000",
                Instant.EPOCH,
                request.asOf(),
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
        return new RunResult(manifest, request.store().location() + "/releases", Optional.of("{\"id\": 1}"));
    }

    private static void fail(Throwable failure) {
        switch (failure) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(failure);
        }
    }

    @Override
    public void planned(StoreSettings store, String schedule, Instant next) {
        planned.add(schedule + " " + next);
    }

    @Override
    public void watch(RunRequest request, Alarm alarm, WatchListener told) {
        told.ended(new WatchTurn(List.of(), 0, List.of(), List.of()), Map.of());
    }

    @Override
    public Plan plan(RunRequest request, boolean run, Progress progress) {
        return new Plan(Optional.empty(), request.asOf(), List.of(), List.of(), Optional.empty());
    }

    @Override
    public CheckResult check(RunRequest request, Progress progress) {
        runs.add(request);
        List<Manifest.Check> checks = List.of(new Manifest.Check("loans_are_unique", "error", 0));
        return new CheckResult(List.of(), checks, Optional.empty(), List.of(), Optional.empty());
    }

    @Override
    public List<TestResult> test(Path project, Progress progress) {
        return List.of(new TestResult("history", "sql/tests/history.sql", 1.5, Optional.empty()));
    }

    @Override
    public WritingHelp writingHelp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StarterProject starter(StarterRequest request, Progress progress) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public RunningServer serve(ServeRequest request) {
        serves.add(request);
        throw new IllegalStateException("the test ends here");
    }

    @Override
    public RunningServer host(HostRequest request) {
        hosts.add(request);
        throw new IllegalStateException("the test ends here");
    }

    @Override
    public Optional<Card> train(TrainRequest request, Progress progress, Consumer<String> log) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Preview preview(SqlRequest request, int limit) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public void export(SqlRequest request, SqlRequest.Format format, Path file) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Scores score(ScoreRequest request, Progress progress) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public List<Drift> drift(DriftRequest request) {
        drifts.add(request);
        return List.of();
    }

    @Override
    public LiveFigures outcomes(OutcomesRequest request) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public void export(Table table, SqlRequest.Format format, Path file) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public void upload(Path file, String address, StoreSettings reached) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public Reproduction reproduce(ReproduceRequest request, Progress progress) {
        throw new IllegalStateException("not asked for");
    }

    @Override
    public List<ReleaseLine> releases(StoreSettings store) {
        return List.of(new ReleaseLine("id", true, false, Instant.EPOCH, LocalDate.EPOCH, List.of("v"), List.of()));
    }

    @Override
    public ReleaseLine rollback(StoreSettings store, String id) {
        return releases(store).getFirst();
    }

    @Override
    public List<String> prune(StoreSettings store, AwsSettings aws, int keep) {
        return List.of("id");
    }

    @Override
    public Publication publish(PublishRequest request, boolean replace, Duration timeout, Progress progress) {
        publications.add(request);
        Published.Table table =
                new Published.Table("public.a", "public.latest_a", 40_000, "s3://lake/a/", Published.Change.LOADED);
        return new Published("id", "Redshift", List.of(table));
    }

    @Override
    public Publication.Script publishScript(PublishRequest request) {
        publications.add(request);
        return new Publication.Script("SELECT 1;\n");
    }

    @Override
    public SageMakerEngine sageMaker() {
        return sageMaker;
    }

    @Override
    public List<AlgorithmLine> algorithms() {
        return List.of(new AlgorithmLine("random-forest", "trees", List.of("classification"), List.of()));
    }
}
