package smew.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.features.Contract;
import smew.features.FeatureRun;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.Releases;
import smew.release.SourceProfile;
import tools.jackson.core.JacksonException;

/**
 * Loads the sources of a run, and compares them with what the current release read.
 *
 * @param accepted whether it was said that changes are meant
 */
record InputContract(Releases releases, Preparation prepared, boolean accepted) {

    private static final Logger LOG = System.getLogger("smew.app");

    /**
     * Loads and compares.
     *
     * @param folder of the release that is being made, which keeps what the sources hold
     * @return how they differ; empty where they do not, or where there is nothing to compare with
     */
    Optional<Manifest.Contract> load(FeatureRun features, Path folder) {
        Optional<Contract> measure = measure();
        List<SourceProfile> now = features.load(measure);
        Path file = folder.resolve(SourceProfile.FILE);
        try {
            Files.writeString(file, SourceProfile.write(now));
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
        Optional<Manifest.Contract> found =
                measure.flatMap(contract -> contract.compare(prepared.project(), prepared.inputs(), now, accepted));
        found.stream()
                .flatMap(contract -> contract.findings().stream())
                .filter(change -> change.severity().equals("warn"))
                .forEach(change -> LOG.log(Level.WARNING, change.where() + " " + change.text() + "."));
        return found;
    }

    /** A damaged release must not stand in the way of the run that replaces it. */
    private Optional<Contract> measure() {
        try {
            return releases.current().map(releases::manifest).map(this::read);
        } catch (SmewException refused) {
            if (refused.fault() != Fault.DATA) {
                throw refused;
            }
            LOG.log(
                    Level.WARNING,
                    "Inputs are not compared with those of the current release. " + refused.getMessage());
            return Optional.empty();
        }
    }

    private Contract read(Manifest manifest) {
        boolean described =
                manifest.outputs().stream().anyMatch(output -> output.path().equals(SourceProfile.FILE));
        if (!described) {
            return new Contract(manifest, List.of());
        }
        try (ReleaseFiles files = releases.files(manifest)) {
            return new Contract(manifest, SourceProfile.read(Files.readAllBytes(files.file(SourceProfile.FILE))));
        } catch (IOException | JacksonException failed) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + SourceProfile.FILE + " of release " + manifest.id() + ": " + failed,
                    failed);
        }
    }
}
