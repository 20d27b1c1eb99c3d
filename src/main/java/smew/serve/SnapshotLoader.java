package smew.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.base.Work;
import smew.columns.ArrowFile;
import smew.model.Predictor;
import smew.online.OnlineTable;
import smew.release.Manifest;
import smew.release.Output;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;

/**
 * Reads all that is served of a release, after comparing each file with the manifest: into memory, but for online rows that are too many
 * for it. The files of those are mapped, and last as long as they are, also where a copy or the whole release is deleted meanwhile.
 */
final class SnapshotLoader {

    private final Releases releases;
    private final Optional<String> model;
    private final boolean featuresOnly;
    private final long onlineBytes;

    SnapshotLoader(Releases releases, ServeSettings settings) {
        this.releases = releases;
        this.model = settings.model();
        this.featuresOnly = settings.featuresOnly();
        this.onlineBytes = settings.limits().onlineBytes();
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
        // Beside each other: much of a start is spent here, on one core otherwise.
        CompletableFuture<Map<String, ServedModel>> loading = Work.beside(() -> models(files));
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

    private Map<String, ServedView> views(ReleaseFiles files) {
        Map<String, ServedView> views = new LinkedHashMap<>();
        for (Manifest.View view : files.manifest().views()) {
            OnlineTable table = online(files, view.name(), view.entity());
            views.put(
                    view.name(),
                    ServedView.of(table, view.time(), files.manifest().id()));
        }
        return views;
    }

    private Map<String, ServedModel> models(ReleaseFiles files) {
        Map<String, ServedModel> models = new LinkedHashMap<>();
        for (Manifest.Model entry : files.manifest().models()) {
            models.put(entry.name(), model(files, entry.name()));
        }
        return models;
    }

    private OnlineTable online(ReleaseFiles files, String name, List<String> entity) {
        String path = "online/" + name + ".arrow";
        Path file = files.file(path);
        return mapped(files.manifest()).contains(path)
                ? OnlineTable.of(name, entity, ArrowFile.map(file))
                : OnlineTable.of(name, entity, ArrowFile.read(file));
    }

    /** The online files that are not read into memory: the largest, until the others are within the limit. */
    private Set<String> mapped(Manifest manifest) {
        List<Output> largest = manifest.outputs().stream()
                .filter(output ->
                        output.path().startsWith("online/") && output.path().endsWith(".arrow"))
                .sorted(Comparator.comparingLong(Output::bytes).reversed())
                .toList();
        long left = largest.stream().mapToLong(Output::bytes).sum();
        Set<String> mapped = new HashSet<>();
        for (Output output : largest) {
            if (left > onlineBytes) {
                mapped.add(output.path());
                left -= output.bytes();
            }
        }
        return mapped;
    }

    private ServedModel model(ReleaseFiles files, String name) {
        Predictor predictor = Predictor.released(files.folder("models/" + name));
        OnlineTable table = online(files, name, predictor.card().entity());
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
