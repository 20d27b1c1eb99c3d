package smew.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.FeatureRun;
import smew.features.Inputs;
import smew.learn.Training;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;
import smew.release.ReleaseFolder;

/**
 * A model as the SQL of a release defines it, and its rows.
 *
 * @param rows a Parquet file on this machine
 * @param digest SHA-256 of it
 * @param beside what a release has of its rows: paths in the release
 * @param folder where these lie
 */
record ReleasedModel(Relation.Model definition, Path rows, String digest, List<String> beside, Path folder) {

    /** Its file in the folder that a job reads. */
    static final String ROWS = "part-0.parquet";

    /**
     * Runs the SELECT of a model over the feature views of a release.
     *
     * @param name empty: the first model of the release
     * @throws SmewException NOT_FOUND without such a model; CONFIGURATION when it reads what a release does not hold
     */
    static ReleasedModel export(ReleaseFiles files, Optional<String> name, Scratch scratch, Progress progress) {
        Manifest manifest = files.manifest();
        Path folder = scratch.folder("rows");
        try (Duck duck = Duck.inMemory(
                new Duck.Limits(Optional.empty(), Optional.empty(), Optional.of(scratch.folder("spill"))))) {
            Project project = ReleasedSql.read(manifest, scratch.folder("project"), duck::parse);
            Relation.Model model = model(project, manifest, name);
            Training.check(model);
            refuseSources(project, model);
            duck.variable("as_of", manifest.asOf());
            FeatureRun features = new FeatureRun(
                    duck,
                    project,
                    new Inputs(Map.of(), List.of(), List.of()),
                    ReleaseFolder.at(folder),
                    metadata(manifest),
                    progress);
            features.take(
                    manifest.views().stream()
                            .map(Manifest.View::name)
                            .filter(view -> model.file().reads().contains(view))
                            .toList(),
                    files::file);
            Path rows = folder.resolve(ROWS);
            features.export(model, rows);
            return new ReleasedModel(
                    model,
                    rows,
                    Digest.of(rows),
                    List.of("online/" + model.name() + ".arrow", RelationProfile.file(model.name())),
                    folder);
        } catch (IOException failed) {
            throw Scratch.failure("Reading " + folder, failed);
        }
    }

    /** The release's own words for itself, so that online rows are the bytes that its run wrote. */
    private static Map<String, String> metadata(Manifest manifest) {
        String id = manifest.id();
        return Map.of(
                "smew.release",
                id.substring(id.lastIndexOf('-') + 1),
                "smew.as_of",
                manifest.asOf().toString());
    }

    private static Relation.Model model(Project project, Manifest manifest, Optional<String> name) {
        List<String> known = project.models().stream().map(Relation::name).toList();
        return project.models().stream()
                .filter(model -> name.isEmpty() || model.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "Looking for a model in release " + manifest.id() + ": it has none"
                                + name.map(wanted -> " named " + wanted + "." + Near.hint(wanted, known))
                                        .orElse(". Write one into sql/models, and run again.")));
    }

    private static void refuseSources(Project project, Relation.Model model) {
        List<String> sources = model.file().reads().stream()
                .filter(read -> project.relation(read).orElse(model) instanceof Relation.Source)
                .toList();
        if (!sources.isEmpty()) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    model.file().path(),
                    "Reading " + model.file().path() + ": the model reads " + String.join(", ", sources)
                            + ", and a release holds feature views, not sources. Put what it needs into a feature view.");
        }
    }
}
