package smew.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.Inputs.Given;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.RemoteFiles;
import smew.store.Store;
import smew.store.StoreSettings;

/**
 * Runs a release again, in a store of its own, from what its manifest says of where it came from.
 *
 * @param elsewhere which models were trained on SageMaker, and where they came from
 */
record Rebuilding(
        ReproduceRequest request,
        Manifest released,
        Map<String, String> elsewhere,
        Scratch scratch,
        Clock clock,
        Progress progress) {

    /**
     * Rebuilds and compares.
     *
     * @throws SmewException NOT_FOUND without the release, or where inputs are gone; DATA where they changed
     */
    static Reproduction of(ReproduceRequest request, Clock clock, Progress progress) {
        try (Releases releases = Releases.of(request.store())) {
            ReleaseId id = request.release().map(releases::find).orElseGet(releases::requireCurrent);
            Manifest released = releases.manifest(id);
            try (Scratch scratch = request.keep().map(Scratch::kept).orElseGet(Scratch::open)) {
                return new Rebuilding(request, released, TrainedRelease.origins(released), scratch, clock, progress)
                        .compared(releases);
            }
        }
    }

    private Reproduction compared(Releases releases) {
        List<String> reasons = new ArrayList<>();
        Manifest rebuilt;
        try (RemoteFiles remote = new RemoteFiles(request.store())) {
            Preparation prepared = prepare(remote);
            rebuilt = rebuild(prepared);
            reasons.addAll(versions(rebuilt));
            if (reasons.isEmpty() && elsewhere.isEmpty() && !prepared.name().equals(name())) {
                reasons.add(
                        released.asked().isPresent()
                                ? "The id of the release was made of other SQL, inputs, as-of, seed or variables than its"
                                        + " release.json names: that was changed since."
                                : "An older Smew made the release, and did not write down which seed and variables were"
                                        + " given.");
            }
        }
        elsewhere.forEach((model, origin) -> reasons.add(
                "Model " + model + " was trained on SageMaker (" + origin + "), and for the comparison here."));
        Reproduction.differing(released, rebuilt).stream()
                .filter(path -> isDamaged(releases, path))
                .forEach(path -> reasons.add("The file " + path
                        + " in the store is not what its release.json says either: one of the two was changed since."));
        return Reproduction.of(
                released,
                rebuilt,
                reasons,
                scratch.kept() ? Optional.of(scratch.folder().toString()) : Optional.empty());
    }

    /** With what the run was told, so that it gets the same name. */
    private Preparation prepare(RemoteFiles remote) {
        ReleasedInputs inputs = new ReleasedInputs(released, request.project(), request.moved());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Project project = ReleasedSql.read(released, scratch.folder(), duck::parse);
            RunRequest told = run(
                    inputs.variables(project),
                    seed(),
                    released.asked().map(Manifest.Asked::featuresOnly).orElse(withoutModels()));
            Preparation prepared = Preparation.of(told, project, remote, duck);
            inputs.require(prepared.files());
            return prepared;
        }
    }

    /** Files name the run that made them: with the old name they differ only where their content does. */
    private Manifest rebuild(Preparation prepared) {
        Set<String> models =
                released.models().stream().map(Manifest.Model::name).collect(Collectors.toSet());
        Preparation renamed = prepared.as(elsewhere.isEmpty() ? name() : prepared.name(), seeded(prepared.project()));
        return new ReleaseRun(run(Map.of(), OptionalLong.empty(), withoutModels()), clock, progress)
                .release(renamed, model -> models.contains(model.name()))
                .manifest();
    }

    private RunRequest run(Map<String, Given> variables, OptionalLong seed, boolean featuresOnly) {
        StoreSettings store = request.store();
        return new RunRequest(
                scratch.folder(),
                new StoreSettings(scratch.folder().resolve("out").toString(), store.aws(), store.s3()),
                released.asOf(),
                variables,
                seed,
                request.threads(),
                request.memory(),
                featuresOnly,
                released.leaks().isPresent(),
                new RunRequest.Orders(Optional.empty(), false, true));
    }

    private String name() {
        return released.id().substring(released.id().lastIndexOf('-') + 1);
    }

    private boolean withoutModels() {
        return released.models().isEmpty();
    }

    private OptionalLong seed() {
        return released.asked()
                .flatMap(Manifest.Asked::seed)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** What the run was told goes before what a model declares; SageMaker is told what it declares. */
    private Project seeded(Project project) {
        OptionalLong seed = seed();
        return new Project(
                project.directory(),
                project.relations().stream()
                        .<Relation>map(relation -> relation instanceof Relation.Model model
                                        && seed.isPresent()
                                        && !elsewhere.containsKey(model.name())
                                ? model.with(seed.getAsLong())
                                : relation)
                        .toList());
    }

    private List<String> versions(Manifest rebuilt) {
        List<String> differing = new ArrayList<>();
        rebuilt.versions().forEach((name, now) -> {
            String then = released.versions().getOrDefault(name, "unknown");
            if (!then.equals(now)) {
                differing.add("The release was made with " + name + " " + then + ", and this is " + now + ".");
            }
        });
        return differing;
    }

    private static String digest(Path file) {
        try {
            return Digest.of(file);
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
        }
    }

    private boolean isDamaged(Releases releases, String path) {
        try (ReleaseFiles files = releases.files(released)) {
            Path file = files.file(path);
            return released.outputs().stream()
                    .noneMatch(output ->
                            output.path().equals(path) && output.digest().equals(digest(file)));
        } catch (SmewException refused) {
            if (refused.fault() == Fault.DATA) {
                return true;
            }
            if (refused.fault() == Fault.NOT_FOUND) {
                // It is only in what was rebuilt.
                return false;
            }
            throw refused;
        }
    }
}
