package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.base.Version;
import smew.duck.Duck;
import smew.features.FeatureRun;
import smew.features.Inputs;
import smew.model.Card;
import smew.model.CardFile;
import smew.model.Predictor;
import smew.project.Kind;
import smew.project.Project;
import smew.release.Draft;
import smew.release.Manifest;
import smew.release.Output;
import smew.release.Profile;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;
import smew.release.ReleaseFolder;
import smew.release.Releases;
import smew.report.Report;
import smew.report.ReportedRun;
import smew.serve.Rehearsal;

/**
 * A release with the features of an older one and a model that was trained elsewhere.
 *
 * @param files of the older one
 * @param model as it defines it
 * @param trained folder of what came back
 * @param origin where that came from
 * @param project its name
 * @param force why the release is to become current whatever speaks against the model
 */
record TrainedRelease(
        Releases releases,
        ReleaseFiles files,
        ReleasedModel model,
        Path trained,
        Manifest.Input origin,
        Clock clock,
        String project,
        Optional<String> force) {

    /** What the origin of a model has where an input has its variable. */
    static final String ORIGIN = "sagemaker";

    /** Where the models of a release came from that were trained elsewhere, by name. */
    static Map<String, String> origins(Manifest manifest) {
        Map<String, String> origins = new TreeMap<>();
        manifest.inputs().stream()
                .filter(input -> isOrigin(manifest, input))
                .forEach(input -> origins.put(input.source(), input.uri()));
        return origins;
    }

    /** Whether an entry among the inputs is no input, but where a model came from. */
    static boolean isOrigin(Manifest manifest, Manifest.Input input) {
        return input.variable().equals(ORIGIN)
                && manifest.models().stream().anyMatch(model -> model.name().equals(input.source()));
    }

    /**
     * Publishes it, after it was loaded and has scored an entity as a server would.
     *
     * @throws SmewException DATA when what came back is no model of these rows
     */
    RunResult publish(Scratch scratch, Progress progress) {
        Card card = require();
        Manifest old = files.manifest();
        try (Progress.Step _ = progress.start("release with " + card.name());
                Draft draft = releases.begin(digest(old, card), clock)) {
            copy(old, draft, card);
            List<Manifest.Model> models = models(old, card);
            List<Card> cards = models.stream()
                    .map(entry -> CardFile.read(draft.directory().resolve("models/" + entry.name())))
                    .toList();
            Optional<Manifest.Gate> gate = Gate.of(List.of(model.definition()), List.of(card), force);
            Manifest described = manifest(old, draft, models, gate);
            Path report = Report.write(
                    draft.directory(), new ReportedRun(project, described, cards, profile(old, draft, scratch)));
            Manifest manifest = described.with(draft.output(report), described.timings());
            Optional<String> example = Rehearsal.of(releases, ReleaseFiles.drafted(draft.directory(), manifest))
                    .example();
            draft.publish(manifest, Optional.empty());
            return new RunResult(manifest, releases.where(draft.id()), example);
        }
    }

    private Card require() {
        Card card = Predictor.load(trained).card();
        String found = !card.name().equals(model.definition().name())
                ? "it is of model " + card.name()
                : !card.label().equals(model.definition().label())
                                || !card.entity().equals(model.definition().entity())
                        ? "it learned " + card.label() + " of " + String.join(", ", card.entity())
                        : "";
        if (!found.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Bringing back " + origin.uri() + ": " + found + ", expected model "
                            + model.definition().name() + " with label "
                            + model.definition().label() + " of "
                            + String.join(", ", model.definition().entity())
                            + ". Check that --image is that of this Smew.");
        }
        return card;
    }

    private static String digest(Manifest old, Card card) {
        return Digest.of(Json.write(new TreeMap<>(Map.of(
                "features", old.id().substring(old.id().lastIndexOf('-') + 1),
                "model", card.name(),
                "card", Digest.of(Json.bytes(card)),
                "artefact", card.artefact().sha256()))));
    }

    private void copy(Manifest old, Draft draft, Card card) {
        String folder = "models/" + card.name() + "/";
        for (Output output : old.outputs()) {
            boolean replaced = output.path().startsWith(folder)
                    || model.beside().contains(output.path())
                    || output.path().equals(Report.FILE);
            if (!replaced) {
                place(files.file(output.path()), draft, output.path());
            }
        }
        model.beside().forEach(path -> place(model.folder().resolve(path), draft, path));
        place(trained.resolve(Card.FILE), draft, folder + Card.FILE);
        String artefact = Path.of(card.artefact().file()).getFileName().toString();
        place(trained.resolve(artefact), draft, folder + artefact);
    }

    private static void place(Path from, Draft draft, String path) {
        Path target = draft.directory().resolve(path);
        Scratch.made(target.resolveSibling("."));
        try {
            Files.copy(from, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw Scratch.failure("Copying " + path, failed);
        }
        draft.written(target);
    }

    /** In the order in which the project has them. */
    private static List<Manifest.Model> models(Manifest old, Card card) {
        Map<String, Manifest.Model> all = new LinkedHashMap<>();
        old.models().forEach(entry -> all.put(entry.name(), entry));
        all.put(card.name(), ModelEntry.of(card));
        List<String> order = old.sql().stream()
                .filter(sql -> sql.kind() == Kind.MODEL)
                .map(Manifest.Sql::name)
                .toList();
        return order.stream().filter(all::containsKey).map(all::get).toList();
    }

    private Manifest manifest(Manifest old, Draft draft, List<Manifest.Model> models, Optional<Manifest.Gate> gate) {
        List<Manifest.Input> inputs = new ArrayList<>(old.inputs());
        inputs.removeIf(input ->
                input.source().equals(origin.source()) && input.variable().equals(origin.variable()));
        inputs.add(origin);
        Map<String, String> versions = new TreeMap<>(old.versions());
        versions.put("smew", Version.SMEW);
        versions.put("smile", Version.SMILE);
        return new Manifest(
                draft.id().value(),
                draft.created(),
                old.asOf(),
                old.asked(),
                versions,
                old.sql(),
                inputs,
                old.views(),
                models,
                old.checks(),
                old.leaks(),
                gate,
                draft.outputs(),
                old.timings(),
                old.contract(),
                old.replayed());
    }

    private Profile profile(Manifest old, Draft draft, Scratch scratch) {
        try (Duck duck = Duck.inMemory(
                new Duck.Limits(Optional.empty(), Optional.empty(), Optional.of(scratch.folder("spill"))))) {
            new FeatureRun(
                            duck,
                            new Project(trained, List.of()),
                            new Inputs(Map.of(), List.of(), List.of()),
                            ReleaseFolder.at(draft.directory()),
                            Map.of(),
                            Progress.NONE)
                    .take(old.views().stream().map(Manifest.View::name).toList(), draft.directory()::resolve);
            return Profile.of(duck, RelationProfile.of(files), old.views());
        }
    }
}
