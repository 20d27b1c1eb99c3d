package smew.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import smew.base.Problem;
import smew.base.Progress;
import smew.duck.Duck;
import smew.features.Checks;
import smew.features.Contract;
import smew.features.DeclaredChecks;
import smew.features.DeclaredColumns;
import smew.features.FeatureRun;
import smew.features.SqlTests;
import smew.features.TestResult;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Draft;
import smew.release.InputChanges;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseFolder;
import smew.release.Releases;
import smew.store.RemoteFiles;

/** One run: from a project's SQL to a published release, or to nothing at all. */
final class ReleaseRun {

    private final RunRequest request;
    private final Clock clock;
    private final Progress progress;
    private final Stages stages = new Stages();

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
        return made(releases, prepared, part, (draft, made) -> {
            draft.publish(made.manifest(), made.warehouse());
            return new RunResult(made.manifest(), releases.where(draft.id()), made.example());
        });
    }

    /**
     * Makes a release and hands it to whoever publishes it; if nobody does, it is thrown away.
     *
     * @param use is called while its files are there
     */
    private <T> T made(
            Releases releases, Preparation prepared, RunPart part, BiFunction<Draft, ReleaseMaking.Made, T> use) {
        stages.end("preparation");
        try (Draft draft = releases.begin(prepared.digest(), clock);
                Duck duck = open(draft.scratch(), prepared)) {
            Optional<Reuse> reuse = part.place() == RunPart.Sources.ALL
                    ? Reuse.of(releases, prepared, request, duck)
                    : Optional.empty();
            try {
                return use.apply(
                        draft,
                        new ReleaseMaking(request, releases, prepared, part, reuse, draft, duck, stages, progress)
                                .make());
            } finally {
                reuse.ifPresent(Reuse::close);
            }
        }
    }

    /**
     * What a run would do.
     *
     * @param run whether to make the release, compare it with the current one, and throw it away
     */
    Plan plan(boolean run) {
        try (Releases releases = Releases.of(request.store());
                RemoteFiles remote = new RemoteFiles(request.store())) {
            Preparation prepared = tested(remote);
            Plan plan = plan(releases, prepared);
            return run ? plan.with(differences(releases, prepared)) : plan;
        }
    }

    private Plan plan(Releases releases, Preparation prepared) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Optional<Reuse> reuse = Reuse.of(releases, prepared, request, duck);
            try {
                return new Planning(request, prepared.project(), current(releases), reuse).plan();
            } finally {
                reuse.ifPresent(Reuse::close);
            }
        }
    }

    private static Optional<Manifest> current(Releases releases) {
        return CurrentRelease.of(releases, "Nothing is compared.");
    }

    private List<Plan.Difference> differences(Releases releases, Preparation prepared) {
        return made(releases, prepared, RunPart.WHOLE, (draft, made) -> {
            ReleaseFiles drafted = ReleaseFiles.drafted(draft.directory(), made.manifest());
            Optional<Manifest> current = current(releases);
            if (current.isEmpty()) {
                return Differences.between(Differences.Side.NONE, Differences.Side.of(drafted));
            }
            try (ReleaseFiles released = releases.files(current.get())) {
                return Differences.between(Differences.Side.of(released), Differences.Side.of(drafted));
            }
        });
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
            RunPart all = RunPart.WHOLE;
            List<Problem> columns = all.columns(duck, project);
            InputContract against =
                    InputContract.of(releases, prepared, request.orders().acceptChanges());
            if (against.measure().isEmpty()) {
                DeclaredColumns.require(columns);
            }
            Optional<InputChanges> contract =
                    against.read(all, features, draft.directory()).contract();
            DeclaredColumns.require(columns);
            features.build();
            List<Manifest.Check> checks = all.check(request, Optional.empty(), duck, project, progress);
            all.tellUncheckedModels(project, progress);
            PartLeaks looking = new PartLeaks(all, request, project);
            Optional<Leaks> leaks = looking.judged(looking.replay(Optional.empty(), duck, progress), List.of());
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
}
