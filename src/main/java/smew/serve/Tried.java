package smew.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Releases;

/**
 * The releases that are tried beside the current one. They are loaded once, and stay in memory whatever becomes current or is pruned.
 *
 * @param canary empty: none
 * @param share of the ids that the canary answers, from 0 to 1
 * @param shadow empty: none
 */
record Tried(Optional<Snapshot> canary, double share, Optional<Snapshot> shadow) {

    static final Tried NOTHING = new Tried(Optional.empty(), 0, Optional.empty());

    private static final Logger LOG = System.getLogger("smew.serve");

    /**
     * Loads what the settings name.
     *
     * @throws SmewException NOT_FOUND when there is no such release, or it lacks a model that the current one serves; NOT_READY when
     *     it has no model at all; DATA when it is damaged; CONFIGURATION when a model has another key or label than the current one
     */
    static Tried load(Releases releases, ServeSettings settings, Snapshot current) {
        ServeSettings.Trials trials = settings.trials();
        List<Snapshot> loaded = new ArrayList<>(List.of(current));
        Optional<Snapshot> canary =
                trials.canary().map(tried -> load(releases, settings, tried.release(), "--canary", loaded));
        Optional<Snapshot> shadow = trials.shadow().map(id -> load(releases, settings, id, "--shadow", loaded));
        return new Tried(
                canary, trials.canary().map(ServeSettings.Canary::share).orElse(0.0), shadow);
    }

    /** What is in memory already is not loaded again. */
    private static Snapshot load(
            Releases releases, ServeSettings settings, String id, String option, List<Snapshot> loaded) {
        Supplier<Snapshot> load = () -> new SnapshotLoader(releases, settings).load(releases.find(id));
        Snapshot found = loaded.stream()
                .filter(known -> known.release().equals(id))
                .findFirst()
                .orElseGet(load);
        loaded.add(found);
        Snapshot current = loaded.getFirst();
        List<String> misfits = Fit.misfits(current, found);
        if (!misfits.isEmpty()) {
            boolean lacks =
                    !found.models().keySet().containsAll(current.models().keySet());
            throw new SmewException(
                    lacks ? Fault.NOT_FOUND : Fault.CONFIGURATION,
                    "Trying release " + id + " (" + option + ") beside the current one, " + current.release() + ": "
                            + String.join("; ", misfits)
                            + ". Name a release of the same models, keys and labels; `smew releases` lists them.");
        }
        return found;
    }

    /**
     * A new current release with the canary beside it, unless that is the same. A model that the canary cannot answer for is answered
     * by the current release alone, and the log says so.
     */
    Snapshot beside(Snapshot current) {
        shadow.ifPresent(tried -> warn(current, tried, "the shadow"));
        if (canary.isEmpty() || canary.get().release().equals(current.release())) {
            return current;
        }
        warn(current, canary.get(), "the canary");
        return Canary.beside(current, canary.get(), share);
    }

    private static void warn(Snapshot current, Snapshot tried, String part) {
        List<String> misfits = Fit.misfits(current, tried);
        if (!misfits.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "Beside release " + current.release() + " " + part + ", " + tried.release()
                            + ", is left out for some models: " + String.join("; ", misfits) + ".");
        }
    }
}
