package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import smew.base.SmewException;
import smew.learn.Previous;
import smew.model.Predictor;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;

/** The model that a run would replace. */
final class CurrentModel {

    private static final Logger LOG = System.getLogger("smew.app");

    private CurrentModel() {}

    /**
     * Loads it from the current release.
     *
     * @return empty where there is none; a damaged one is told and passed over, for a run is how one gets rid of it
     */
    static Optional<Previous> of(Releases releases, String name) {
        try {
            Optional<ReleaseId> current = releases.current();
            if (current.isEmpty()) {
                return Optional.empty();
            }
            Manifest manifest = releases.manifest(current.get());
            if (manifest.models().stream().noneMatch(model -> model.name().equals(name))) {
                return Optional.empty();
            }
            try (ReleaseFiles files = releases.files(manifest)) {
                return Optional.of(new Previous(manifest.id(), Predictor.released(files.folder("models/" + name))));
            }
        } catch (SmewException unreadable) {
            LOG.log(
                    Level.WARNING,
                    "Model " + name + " is not compared with the one it replaces: " + unreadable.getMessage());
            return Optional.empty();
        }
    }
}
