package smew.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import smew.app.Engine.RunRequest;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.Version;
import smew.base.Work;
import smew.duck.Duck;
import smew.features.Checks;
import smew.features.Contract;
import smew.features.DeclaredChecks;
import smew.features.FeatureRun;
import smew.features.SqlTests;
import smew.features.TestResult;
import smew.model.Card;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.release.Draft;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseFolder;
import smew.release.Releases;
import smew.release.Warehouse;
import smew.report.Profile;
import smew.report.Report;
import smew.report.ReportedRun;
import smew.serve.Expected;
import smew.serve.Rehearsal;
import smew.store.RemoteFiles;

/** One run: from a project's SQL to a published release, or to nothing at all. */
final class ReleaseRun {

    private final RunRequest request;
    private final Clock clock;
    private final Progress progress;
    private final Map<String, Double> timings = new LinkedHashMap<>();
    private long stageStart = System.nanoTime();

    ReleaseRun(RunRequest request, Clock clock, Progress progress) {
        this.request = request;
        this.clock = clock;
        this.progress = progress;
    }

    RunResult release() {
        try (Releases releases = Releases.of(request.store());
                RemoteFiles remote = new RemoteFiles(request.store())) {
            return release(releases, tested(remote), RunPart.WHOLE);
        }
    }

    /** Runs the tests of the SQL before an input is fetched or looked at: what they find is known within milliseconds. */
    private Preparation tested(RemoteFiles remote) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Project project = Project.read(request.project(), duck::parse);
            TestLines.require(SqlTests.run(project.tests(), progress));
            return Preparation.of(request, project, remote, duck);
        }
    }

    /**
     * A whole run that was prepared already.
     *
     * @param models those to train
     */
    RunResult release(Preparation prepared, Predicate<Relation.Model> models) {
        try (Releases releases = Releases.of(request.store())) {
            return release(releases, prepared, RunPart.WHOLE.training(models));
        }
    }

    /**
     * Part of a run that happens on several machines: features, and the checks that need the sources, which are nowhere whole.
     */
    RunResult shard() {
        try (Releases releases = Releases.of(request.store());
                RemoteFiles remote = new RemoteFiles(request.store())) {
            Preparation prepared = tested(remote);
            return release(releases, prepared, RunPart.shard(prepared.project()));
        }
    }

    /** The rest of such a run: from feature views to a published release. */
    RunResult merged(Preparation prepared, RunPart rest) {
        try (Releases releases = Releases.of(request.store())) {
            return release(releases, prepared, rest);
        }
    }

    private RunResult release(Releases releases, Preparation prepared, RunPart part) {
        stage("preparation");
        try (Draft draft = releases.begin(prepared.digest(), clock);
                Duck duck = open(draft.scratch(), prepared)) {
            FeatureRun features = new FeatureRun(
                    duck, prepared.project(), prepared.inputs(), draft, prepared.metadata(request.asOf()), progress);
            Optional<Manifest.Contract> contract = part.place() == RunPart.Sources.NONE
                    ? Optional.empty()
                    : new InputContract(releases, prepared, request.acceptChanges()).load(features, draft.directory());
            contract.ifPresent(Contract::require);
            part.requireColumns(duck, prepared.project());
            List<Manifest.View> views = part.views().apply(features);
            ReleasedLineage.write(draft.directory(), prepared, features.profiles(), views, request.asOf());
            stage("features");
            List<Manifest.Check> checks = part.check(request, duck, prepared.project(), progress);
            part.requireChecks(prepared.project(), checks);
            stage("checks");
            Optional<Leaks> leaks = part.leaks(request, duck, prepared.project(), progress);
            part.requireNone(prepared.project(), leaks);
            stage("leak tests");
            List<Manifest.Sql> sql =
                    prepared.project().relations().stream().map(ReleaseRun::sql).toList();
            Path warehouse = draft.scratch().resolve(Warehouse.FILE);
            Trained trained;
            Profile profile;
            // The warehouse and the profile need the finished Parquet files only: both are made while models are
            // trained.
            try (Duck second = duck.duplicate()) {
                CompletableFuture<Profile> beside = CompletableFuture.supplyAsync(() -> {
                    if (releases.keepsWarehouse()) {
                        Warehouse.build(
                                second,
                                warehouse,
                                draft.id(),
                                draft.created(),
                                request.asOf(),
                                views,
                                draft.directory()::resolve);
                    }
                    return Profile.of(second, part.described(sql), views);
                });
                try {
                    trained = Trained.of(
                            request,
                            prepared.project().models().stream()
                                    .filter(part.models())
                                    .toList(),
                            releases,
                            features,
                            draft,
                            progress);
                } finally {
                    profile = Work.join(beside);
                }
            }
            stage("models");
            List<Card> cards = trained.cards();
            leaks = part.judged(request, prepared.project(), leaks, cards);
            Optional<Manifest.Gate> gate = Gate.of(prepared.project().models(), cards, request.force());
            Manifest described = manifest(draft, prepared, sql, views, cards, checks, leaks, gate)
                    .with(contract);
            ReleaseFiles files = ReleaseFiles.drafted(draft.directory(), described);
            checks = part.checkModels(duck, files, prepared.project(), progress);
            Rehearsal rehearsal = Rehearsal.of(releases, files);
            leaks = rehearsed(leaks, rehearsal, trained.expected(), prepared.project(), part);
            described = described.with(checks, leaks);
            stage("rehearsal");
            Path report = Report.write(
                    draft.directory(), new ReportedRun(projectName(), described, cards, profile, features.profiles()));
            stage("report");
            Manifest manifest = described.with(draft.output(report), timings);
            draft.publish(manifest, releases.keepsWarehouse() ? Optional.of(warehouse) : Optional.empty());
            return new RunResult(manifest, releases.where(draft.id()), rehearsal.example());
        }
    }

    /** What leak tests say after the release was served and asked. */
    private Optional<Leaks> rehearsed(
            Optional<Leaks> leaks, Rehearsal rehearsal, List<Expected> expected, Project project, RunPart part) {
        Optional<Leaks> all = leaks.map(found -> found.and(Skew.of(rehearsal, expected, project.models(), progress)));
        part.requireNone(project, all);
        return all;
    }

    /** Everything but training and publishing: the draft is thrown away. */
    CheckResult check() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Project project = Project.read(request.project(), duck::parse);
            List<TestResult> tests = SqlTests.run(project.tests(), progress);
            if (tests.stream().allMatch(TestResult::passed)) {
                try (Releases releases = Releases.of(request.store());
                        RemoteFiles remote = new RemoteFiles(request.store())) {
                    return check(releases, Preparation.of(request, project, remote, duck), tests);
                }
            }
            return new CheckResult(tests, List.of(), Optional.empty(), TestLines.problems(tests), Optional.empty());
        }
    }

    private CheckResult check(Releases releases, Preparation prepared, List<TestResult> tests) {
        Project project = prepared.project();
        try (Draft draft = releases.begin(prepared.digest(), clock);
                Duck duck = open(draft.scratch(), prepared)) {
            ReleaseFolder folder = ReleaseFolder.at(draft.directory());
            FeatureRun features = new FeatureRun(
                    duck, project, prepared.inputs(), folder, prepared.metadata(request.asOf()), progress);
            Optional<Manifest.Contract> contract =
                    new InputContract(releases, prepared, request.acceptChanges()).load(features, draft.directory());
            RunPart all = RunPart.WHOLE;
            all.requireColumns(duck, project);
            features.build();
            List<Manifest.Check> checks = all.check(request, duck, project, progress);
            all.tellUncheckedModels(project, progress);
            Optional<Leaks> leaks =
                    all.judged(request, project, all.leaks(request, duck, project, progress), List.of());
            List<Problem> problems =
                    new ArrayList<>(contract.map(Contract::problems).orElse(List.of()));
            problems.addAll(DeclaredChecks.problems(project, checks));
            problems.addAll(Checks.problems(project.checks(), checks));
            leaks.ifPresent(found -> problems.addAll(found.problems(project)));
            return new CheckResult(tests, checks, leaks, problems, contract);
        }
    }

    private Duck open(Path scratch, Preparation prepared) {
        Optional<Integer> threads =
                request.threads().isPresent() ? Optional.of(request.threads().getAsInt()) : Optional.empty();
        Duck duck = Duck.inMemory(new Duck.Limits(threads, request.memory(), Optional.of(scratch.resolve("spill"))));
        duck.variable("as_of", request.asOf());
        prepared.inputs().variables().forEach(duck::variable);
        return duck;
    }

    private Manifest manifest(
            Draft draft,
            Preparation prepared,
            List<Manifest.Sql> sql,
            List<Manifest.View> views,
            List<Card> cards,
            List<Manifest.Check> checks,
            Optional<Leaks> leaks,
            Optional<Manifest.Gate> gate) {
        List<Manifest.Model> models = cards.stream().map(ModelEntry::of).toList();
        Map<String, String> versions = new TreeMap<>(Map.of(
                "smew",
                Version.SMEW,
                "java",
                Runtime.version().toString(),
                "duckdb",
                prepared.duckVersion(),
                "smile",
                Version.SMILE));
        return new Manifest(
                draft.id().value(),
                draft.created(),
                request.asOf(),
                Optional.of(prepared.asked()),
                versions,
                sql,
                prepared.files(),
                views,
                models,
                checks,
                leaks,
                gate,
                draft.outputs(),
                new LinkedHashMap<>(timings));
    }

    private static Manifest.Sql sql(Relation relation) {
        SqlFile file = relation.file();
        return new Manifest.Sql(
                file.path(), relation.kind(), file.name(), file.description(), file.reads(), file.digest(), file.sql());
    }

    /** The folder's own name, without the path to it. */
    private String projectName() {
        Path name = request.project().toAbsolutePath().normalize().getFileName();
        return name == null ? "project" : name.toString();
    }

    private void stage(String name) {
        long now = System.nanoTime();
        timings.put(name, Math.round((now - stageStart) / 1e6) / 1e3);
        stageStart = now;
    }
}
