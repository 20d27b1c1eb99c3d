package smew.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.base.Work;
import smew.columns.ArrowFile;
import smew.columns.Table;
import smew.model.Predictor;
import smew.online.OnlineTable;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;

/** Reads all that is served of a release into memory, after comparing each file with the manifest. */
final class SnapshotLoader {

    private final Releases releases;
    private final Optional<String> model;
    private final boolean featuresOnly;

    SnapshotLoader(Releases releases, ServeSettings settings) {
        this.releases = releases;
        this.model = settings.model();
        this.featuresOnly = settings.featuresOnly();
    }

    /**
     * Loads a release.
     *
     * @throws SmewException DATA when it is damaged, NOT_READY when it has no model though one is needed, NOT_FOUND when it
     *     lacks the default model that was asked for
     */
    Snapshot load(ReleaseId id) {
        Manifest manifest = releases.manifest(id);
        if (!manifest.id().equals(id.value())) {
            throw new SmewException(
                    Fault.DATA,
                    "Loading release " + id + ": its release.json is that of release " + manifest.id()
                            + ". Make a whole release current with `smew rollback ID`, or run `smew run` again.");
        }
        try (ReleaseFiles files = releases.files(manifest)) {
            return load(files);
        }
    }

    /** The same from the files of any release, published or not. */
    Snapshot load(ReleaseFiles files) {
        String id = files.manifest().id();
        // Beside each other: half of a start is spent here, on one core otherwise.
        CompletableFuture<Map<String, ServedModel>> loading = CompletableFuture.supplyAsync(() -> models(files));
        Map<String, ServedView> views;
        try {
            views = views(files);
        } finally {
            // Whatever became of the views: the files are closed behind this.
            loading.exceptionally(_ -> Map.of()).join();
        }
        Map<String, ServedModel> models = Work.join(loading);
        if (models.isEmpty() && !featuresOnly) {
            throw new SmewException(
                    Fault.NOT_READY,
                    "Loading the models of release " + id + " from "
                            + files.where("models")
                            + ": there is none. Run `smew run` without --features-only to train one, or serve features"
                            + " alone with --features-only.");
        }
        return new Snapshot(id, models, views, defaultModel(models, id));
    }

    private static Map<String, ServedView> views(ReleaseFiles files) {
        Map<String, ServedView> views = new LinkedHashMap<>();
        for (Manifest.View view : files.manifest().views()) {
            OnlineTable table = OnlineTable.of(view.name(), view.entity(), online(files, view.name()));
            views.put(
                    view.name(),
                    ServedView.of(table, view.time(), files.manifest().id()));
        }
        return views;
    }

    private static Map<String, ServedModel> models(ReleaseFiles files) {
        Map<String, ServedModel> models = new LinkedHashMap<>();
        for (Manifest.Model entry : files.manifest().models()) {
            models.put(entry.name(), model(files, entry.name()));
        }
        return models;
    }

    private static Table online(ReleaseFiles files, String name) {
        return ArrowFile.read(files.file("online/" + name + ".arrow"));
    }

    private static ServedModel model(ReleaseFiles files, String name) {
        Predictor predictor = Predictor.load(files.folder("models/" + name));
        OnlineTable table = OnlineTable.of(name, predictor.card().entity(), online(files, name));
        return ServedModel.of(predictor, table, files.manifest().id());
    }

    private Optional<ServedModel> defaultModel(Map<String, ServedModel> models, String id) {
        if (model.isEmpty()) {
            return models.values().stream().findFirst();
        }
        ServedModel named = models.get(model.get());
        if (named == null) {
            List<String> known = new ArrayList<>(models.keySet());
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Loading release " + id + ": it has no model " + model.get() + "." + Near.hint(model.get(), known));
        }
        return Optional.of(named);
    }
}
