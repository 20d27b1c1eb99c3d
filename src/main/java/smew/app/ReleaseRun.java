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
import java.util.concurrent.CompletionException;
import smew.app.Engine.RunRequest;
import smew.app.Engine.RunResult;
import smew.base.Digest;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.base.Version;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.Checks;
import smew.features.FeatureRun;
import smew.features.Inputs;
import smew.learn.Training;
import smew.model.Card;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Draft;
import smew.release.Manifest;
import smew.release.Releases;
import smew.release.Warehouse;
import smew.serve.ScoredEntity;
import smew.store.Store;

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
        Releases releases = new Releases(Store.open(request.store().toString()));
        Prepared prepared = prepare();
        try (Draft draft = releases.begin(prepared.digest(), clock);
                Duck duck = open(draft.scratch(), prepared)) {
            FeatureRun features = new FeatureRun(
                    duck, prepared.project(), prepared.inputs(), draft.directory(), metadata(prepared), progress);
            List<Manifest.View> views = features.build();
            stage("features");
            List<Manifest.Check> checks = Checks.run(duck, prepared.project().checks(), progress);
            stage("checks");
            // The warehouse needs the finished Parquet files only: it is written while the models are trained.
            Path warehouse = draft.scratch().resolve(Warehouse.FILE);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() ->
                    Warehouse.build(warehouse, draft.id(), draft.created(), request.asOf(), views, draft.directory()));
            List<Manifest.Model> models;
            try {
                models = models(prepared.project(), features, draft.directory());
            } finally {
                await(written);
            }
            stage("models");
            Manifest manifest = manifest(draft, prepared, views, models, checks);
            draft.publish(manifest, warehouse);
            return new RunResult(manifest, releases.directory(draft.id()), ScoredEntity.first(releases, draft.id()));
        }
    }

    /** Everything but training and publishing: the draft is thrown away. */
    List<Manifest.Check> check() {
        Releases releases = new Releases(Store.open(request.store().toString()));
        Prepared prepared = prepare();
        try (Draft draft = releases.begin(prepared.digest(), clock);
                Duck duck = open(draft.scratch(), prepared)) {
            new FeatureRun(duck, prepared.project(), prepared.inputs(), draft.directory(), metadata(prepared), progress)
                    .build();
            return Checks.run(duck, prepared.project().checks(), progress);
        }
    }

    /**
     * What is known before the first row was read.
     *
     * @param digest of everything that determines the outputs
     */
    private record Prepared(
            Project project, Inputs inputs, List<Manifest.Input> files, String digest, String duckVersion) {}

    private Prepared prepare() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Project project = Project.read(request.project(), duck::parse);
            if (!request.featuresOnly()) {
                project.models().forEach(Training::check);
            }
            Inputs inputs = Inputs.resolve(project, request.variables(), Path.of(""), duck);
            List<Manifest.Input> files = inputs.digests();
            String duckVersion = duck.texts("SELECT version()", Origin.engine("Asking", "DuckDB"))
                    .getFirst();
            stage("preparation");
            return new Prepared(project, inputs, files, digest(project, files, duckVersion), duckVersion);
        }
    }

    private String digest(Project project, List<Manifest.Input> files, String duckVersion) {
        Map<String, Object> parts = new TreeMap<>();
        parts.put("smew", Version.SMEW);
        parts.put("duckdb", duckVersion);
        parts.put("as_of", request.asOf().toString());
        parts.put("features_only", request.featuresOnly());
        parts.put("seed", request.seed().isPresent() ? request.seed().getAsLong() : "as declared");
        parts.put(
                "sql",
                project.relations().stream()
                        .map(relation ->
                                relation.file().path() + " " + relation.file().digest())
                        .sorted()
                        .toList());
        parts.put(
                "inputs",
                files.stream()
                        .map(file -> file.source() + " " + file.variable() + " " + file.digest())
                        .sorted()
                        .toList());
        Map<String, String> others = new TreeMap<>(request.variables());
        project.sources().forEach(source -> source.inputs().keySet().forEach(others::remove));
        parts.put("variables", others);
        return Digest.of(Json.write(parts));
    }

    private Duck open(Path scratch, Prepared prepared) {
        Optional<Integer> threads =
                request.threads().isPresent() ? Optional.of(request.threads().getAsInt()) : Optional.empty();
        Duck duck = Duck.inMemory(new Duck.Limits(threads, request.memory(), Optional.of(scratch.resolve("spill"))));
        duck.variable("as_of", request.asOf());
        prepared.inputs().variables().forEach(duck::variable);
        return duck;
    }

    /** Names the release by the digest that its id ends with: the same run a day later writes the same bytes. */
    private Map<String, String> metadata(Prepared prepared) {
        return Map.of(
                "smew.release", prepared.digest().substring(0, 12),
                "smew.as_of", request.asOf().toString());
    }

    private List<Manifest.Model> models(Project project, FeatureRun features, Path release) {
        List<Manifest.Model> models = new ArrayList<>();
        if (request.featuresOnly()) {
            return models;
        }
        for (Relation.Model model : project.models()) {
            Table rows = features.rows(model);
            Path directory = release.resolve("models").resolve(model.name());
            Card card = Training.fit(model, rows, request.asOf(), request.seed(), directory, progress);
            models.add(
                    new Manifest.Model(model.name(), rows.rows(), card.metrics().figures()));
        }
        return models;
    }

    private Manifest manifest(
            Draft draft,
            Prepared prepared,
            List<Manifest.View> views,
            List<Manifest.Model> models,
            List<Manifest.Check> checks) {
        List<Manifest.Sql> sql = prepared.project().relations().stream()
                .map(Relation::file)
                .map(file -> new Manifest.Sql(file.path(), file.digest(), file.sql()))
                .toList();
        Map<String, String> versions = new TreeMap<>(
                Map.of("smew", Version.SMEW, "java", Runtime.version().toString(), "duckdb", prepared.duckVersion()));
        return new Manifest(
                draft.id().value(),
                draft.created(),
                request.asOf(),
                versions,
                sql,
                prepared.files(),
                views,
                models,
                checks,
                draft.outputs(),
                timings);
    }

    private void stage(String name) {
        long now = System.nanoTime();
        timings.put(name, Math.round((now - stageStart) / 1e6) / 1e3);
        stageStart = now;
    }

    private static void await(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof SmewException known ? known : failed;
        }
    }
}
