package smew.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;

/**
 * Everything of one release that requests are answered from, in memory. Immutable and swapped whole: a request takes the
 * snapshot once and never sees two releases.
 *
 * @param models by name, in the order of the release
 * @param views by name, in the order of the release
 * @param defaultModel which model the routes without a model's name speak of; empty where the release has none
 * @param trial its part where a canary is tried; null without one
 */
record Snapshot(
        String release,
        Map<String, ServedModel> models,
        Map<String, ServedView> views,
        Optional<ServedModel> defaultModel,
        @Nullable Trial trial) {

    /** Stands for a release where there is none yet. */
    static final Snapshot NONE = new Snapshot("", Map.of(), Map.of(), Optional.empty());

    /** A release that answers whoever asks. */
    Snapshot(
            String release,
            Map<String, ServedModel> models,
            Map<String, ServedView> views,
            Optional<ServedModel> defaultModel) {
        this(release, models, views, defaultModel, null);
    }

    /** The release itself; empty where there is none yet. */
    Optional<String> made() {
        return Optional.of(release).filter(id -> !id.isEmpty());
    }

    /**
     * Where there is a release, nothing happens.
     *
     * @throws SmewException NOT_READY otherwise
     */
    void require() {
        if (made().isEmpty()) {
            throw new SmewException(
                    Fault.NOT_READY,
                    "There is no release yet. Run `smew run`; this server shows it as soon as it is made.");
        }
    }

    /** The same with a part in a trial. */
    Snapshot in(Trial other) {
        return new Snapshot(release, models, views, defaultModel, other);
    }

    /** The release that answers for some of the ids; null where this one answers for all. */
    @Nullable
    Canary canary() {
        Trial part = trial;
        return part == null ? null : part.canary();
    }

    /** The same with predictions of the default model by id from elsewhere. */
    Snapshot with(Remote remote) {
        if (defaultModel.isEmpty()) {
            return this;
        }
        ServedModel backed = defaultModel.get().with(remote);
        Map<String, ServedModel> all = new LinkedHashMap<>(models);
        all.put(backed.card().name(), backed);
        return new Snapshot(release, all, views, Optional.of(backed), trial);
    }

    /** How many entities can be asked for, by the name of their feature view or model. */
    Map<String, Integer> entities() {
        Map<String, Integer> entities = new LinkedHashMap<>();
        views.forEach((name, view) -> entities.put(name, view.table().entities()));
        models.forEach((name, model) -> model.entities().ifPresent(rows -> entities.put(name, rows)));
        return entities;
    }

    /** How many bytes of online files stay on disk, by the name of their feature view or model. */
    Map<String, Long> mapped() {
        Map<String, Long> mapped = new LinkedHashMap<>();
        views.forEach((name, view) -> mapped.put(name, view.table().mappedBytes()));
        models.forEach((name, model) -> mapped.put(name, model.mappedBytes()));
        mapped.values().removeIf(bytes -> bytes == 0);
        return mapped;
    }

    ServedModel model() {
        require();
        return defaultModel.orElseThrow(() -> new SmewException(
                Fault.NOT_FOUND, "Release " + release + " has no model: it was made with --features-only."));
    }

    ServedModel model(String name) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw unknown("model", name, models);
        }
        return model;
    }

    /** The model of an endpoint's name, in which SageMaker allows no underscore: a hyphen stands for one. */
    ServedModel endpoint(String name) {
        return models.entrySet().stream()
                .filter(model -> model.getKey().replace('_', '-').equals(name.replace('_', '-')))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> model(name));
    }

    ServedView view(String name) {
        ServedView view = views.get(name);
        if (view == null) {
            throw unknown("feature view", name, views);
        }
        return view;
    }

    private SmewException unknown(String kind, String name, Map<String, ?> known) {
        require();
        return new SmewException(
                Fault.NOT_FOUND,
                "Release " + release + " has no " + kind + " " + Text.shown(name) + "."
                        + Near.hint(name, known.keySet()));
    }
}
