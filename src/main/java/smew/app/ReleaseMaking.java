package smew.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.Version;
import smew.base.Work;
import smew.duck.Duck;
import smew.features.Contract;
import smew.features.DeclaredColumns;
import smew.features.FeatureRun;
import smew.model.Card;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.release.Draft;
import smew.release.Manifest;
import smew.release.Profile;
import smew.release.ReleaseFiles;
import smew.release.Releases;
import smew.release.Warehouse;
import smew.report.Report;
import smew.report.ReportedRun;
import smew.serve.Rehearsal;

/**
 * Makes one release in its draft: feature views, checks, leak tests, models, and what a person reads about them.
 *
 * @param reuse what is taken from the current release; empty: everything is made
 * @param duck with the project's variables set
 */
record ReleaseMaking(
        RunRequest request,
        Releases releases,
        Preparation prepared,
        RunPart part,
        Optional<Reuse> reuse,
        Draft draft,
        Duck duck,
        Stages stages,
        Progress progress) {

    /**
     * A release that is complete, and not published.
     *
     * @param warehouse empty where the store keeps none
     * @param example one scored entity as the server would answer it, in JSON; empty without a model
     */
    record Made(Manifest manifest, Optional<Path> warehouse, Optional<String> example) {}

    /** What was seen before models are trained. */
    private record Seen(
            FeatureRun features,
            InputContract.Read sources,
            List<Manifest.View> views,
            List<Manifest.Check> checks,
            Optional<Leaks> replayed) {}

    /** What was learned, and what the rows look like. */
    private record Learned(Trained trained, Profile profile) {}

    /**
     * Makes it.
     *
     * @throws smew.base.SmewException with what stops the release
     */
    Made make() {
        Seen seen = see();
        Learned learned = learn(seen);
        List<Card> cards = learned.trained().cards();
        Optional<Leaks> leaks = leaks().judged(seen.replayed(), cards);
        Manifest described = manifest(seen, cards, leaks);
        ReleaseFiles files = ReleaseFiles.drafted(draft.directory(), described);
        List<Manifest.Check> checks = part.checkModels(duck, files, project(), progress);
        Rehearsal rehearsal = Rehearsal.of(releases, files);
        Optional<Leaks> all = leaks.map(found -> found.and(
                Skew.of(rehearsal, learned.trained().expected(), project().models(), progress)));
        leaks().requireNone(all);
        described = described.with(checks, all);
        stages.end("rehearsal");
        Path report = Report.write(
                draft.directory(),
                new ReportedRun(
                        projectName(),
                        described,
                        cards,
                        learned.profile(),
                        seen.sources().profiles()));
        stages.end("report");
        return new Made(
                described.with(draft.output(report), stages.seconds()),
                releases.keepsWarehouse() ? Optional.of(warehouse()) : Optional.empty(),
                rehearsal.example());
    }

    private PartLeaks leaks() {
        return new PartLeaks(part, request, project());
    }

    private Project project() {
        return prepared.project();
    }

    private Path warehouse() {
        return draft.scratch().resolve(Warehouse.FILE);
    }

    private Seen see() {
        FeatureRun whole =
                new FeatureRun(duck, project(), prepared.inputs(), draft, prepared.metadata(request.asOf()), progress);
        FeatureRun features = reuse.map(older -> whole.taking(older.kept())).orElse(whole);
        List<Problem> columns = part.columns(duck, project());
        // A wrong directive is told at once; with a release, the column may be one that the input no longer has.
        InputContract contract =
                InputContract.of(releases, prepared, request.orders().acceptChanges());
        if (contract.measure().isEmpty()) {
            DeclaredColumns.require(columns);
        }
        InputContract.Read sources = contract.read(part, features, draft.directory());
        sources.contract().ifPresent(Contract::require);
        DeclaredColumns.require(columns);
        List<Manifest.View> views = part.views().apply(features);
        ReleasedLineage.write(draft.directory(), prepared, sources.profiles(), views, request.asOf());
        stages.end("features");
        List<Manifest.Check> checks = part.check(request, reuse, duck, project(), progress);
        part.requireChecks(project(), checks);
        stages.end("checks");
        Optional<Leaks> replayed = leaks().replay(reuse, duck, progress);
        leaks().requireNone(replayed);
        stages.end("leak tests");
        return new Seen(features, sources, views, checks, replayed);
    }

    /** The warehouse and the profile need the finished Parquet files only: both are made while models are trained. */
    private Learned learn(Seen seen) {
        List<Relation.Model> models =
                project().models().stream().filter(part.models()).toList();
        Trained trained;
        Profile profile;
        try (Duck second = duck.duplicate()) {
            CompletableFuture<Profile> beside = Work.beside(() -> profile(second, seen));
            try {
                trained = Trained.of(request, models, releases, seen.features(), draft, progress);
            } finally {
                profile = Work.join(beside);
            }
        }
        stages.end("models");
        return new Learned(trained, profile);
    }

    private Profile profile(Duck second, Seen seen) {
        if (releases.keepsWarehouse()) {
            Warehouse.build(
                    second,
                    warehouse(),
                    draft.id(),
                    draft.created(),
                    request.asOf(),
                    seen.views(),
                    draft.directory()::resolve);
        }
        return Profile.of(second, seen.sources().profiles(), seen.views());
    }

    private Manifest manifest(Seen seen, List<Card> cards, Optional<Leaks> leaks) {
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
                project().relations().stream().map(ReleaseMaking::sql).toList(),
                prepared.files(),
                seen.views(),
                cards.stream().map(ModelEntry::of).toList(),
                seen.checks(),
                leaks,
                Gate.of(project().models(), cards, request.orders().force()),
                draft.outputs(),
                stages.seconds(),
                seen.sources().contract(),
                part.place() == RunPart.Sources.ALL ? seen.replayed() : Optional.empty());
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
}
