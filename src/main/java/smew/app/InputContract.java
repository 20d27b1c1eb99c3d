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
import smew.release.InputChanges;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;
import smew.release.Releases;

/**
 * Reads the sources of a run, and compares them with what the current release read.
 *
 * @param measure what the current release read; empty where there is none
 * @param accepted whether it was said that changes are meant
 */
record InputContract(Preparation prepared, Optional<Contract> measure, boolean accepted) {

    private static final Logger LOG = System.getLogger("smew.app");

    /**
     * What the sources hold.
     *
     * @param contract how they differ; empty where they do not, or where there is nothing to compare with
     */
    record Read(List<RelationProfile> profiles, Optional<InputChanges> contract) {
        Read {
            profiles = List.copyOf(profiles);
        }
    }

    /** A damaged release must not stand in the way of the run that replaces it. */
    static InputContract of(Releases releases, Preparation prepared, boolean accepted) {
        Optional<Contract> measure = CurrentRelease.of(
                        releases, "Inputs are not compared with those of the current release.")
                .map(manifest -> read(releases, manifest));
        return new InputContract(prepared, measure, accepted);
    }

    /**
     * Reads and compares.
     *
     * @param part tells what is here of the sources
     * @param folder of the release that is being made, which keeps what the sources hold
     */
    Read read(RunPart part, FeatureRun features, Path folder) {
        List<RelationProfile> now = part.sources().apply(features, measure);
        Path file = folder.resolve(RelationProfile.FILE);
        try {
            Files.writeString(file, RelationProfile.write(now));
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
        Optional<InputChanges> found =
                measure.flatMap(contract -> contract.compare(prepared.project(), prepared.inputs(), now, accepted));
        found.stream()
                .flatMap(contract -> contract.findings().stream())
                .filter(change -> change.severity().equals("warn"))
                .forEach(change -> LOG.log(Level.WARNING, change.where() + " " + change.text() + "."));
        return new Read(now, found);
    }

    private static Contract read(Releases releases, Manifest manifest) {
        try (ReleaseFiles files = releases.files(manifest)) {
            return new Contract(manifest, RelationProfile.of(files));
        }
    }
}
