package smew.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.ArrowFile;
import smew.columns.Table;
import smew.model.Predictor;
import smew.model.ScoredTable;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;

/** Scores the online row of every entity of a release. */
final class EntityScores {

    private EntityScores() {}

    /**
     * Reads the model and its online rows, scores them, and explains them if that is wanted.
     *
     * @throws SmewException NOT_READY without a release, NOT_FOUND without such a release or model, DATA when it is damaged
     */
    static Scores of(ScoreRequest request, Progress progress) {
        try (Releases releases = Releases.of(request.store())) {
            ReleaseId id = request.release().map(releases::find).orElseGet(releases::requireCurrent);
            Manifest manifest = releases.manifest(id);
            String model = model(manifest, request.model());
            try (ReleaseFiles files = releases.files(manifest)) {
                Predictor predictor = Predictor.released(files.folder("models/" + model));
                Table rows = ArrowFile.read(files.file("online/" + model + ".arrow"));
                long start = System.nanoTime();
                ScoredTable scored = scored(predictor, rows, id.value(), request.reasons(), progress);
                return new Scores(model, id.value(), scored, Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private static ScoredTable scored(Predictor predictor, Table rows, String release, int reasons, Progress progress) {
        if (reasons == 0) {
            return ScoredTable.of(predictor, rows, release);
        }
        try (Progress.Step step =
                progress.start("reasons of " + predictor.card().name())) {
            return ScoredTable.of(predictor, rows, release, reasons, step);
        }
    }

    /** The names of all models of a release, at least one. */
    static List<String> models(Manifest manifest) {
        List<String> known =
                manifest.models().stream().map(Manifest.Model::name).toList();
        if (known.isEmpty()) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Looking for a model in release " + manifest.id()
                            + ": it has none, because it was made with --features-only or the project has none.");
        }
        return known;
    }

    /** The model that was asked for, else the first. */
    static String model(Manifest manifest, Optional<String> asked) {
        List<String> known = models(manifest);
        String name = asked.orElse(known.getFirst());
        if (!known.contains(name)) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Looking for model " + name + " in release " + manifest.id() + ": it has none of that name."
                            + Near.hint(name, known));
        }
        return name;
    }
}
