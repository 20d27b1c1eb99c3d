package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Manifest;
import smew.release.Releases;

/** The release that a run is compared with, and takes from. */
final class CurrentRelease {

    private static final Logger LOG = System.getLogger("smew.app");

    private CurrentRelease() {}

    /**
     * The manifest of the current release. A damaged one must not stand in the way of the run that replaces it.
     *
     * @param without a sentence: what is not done then
     * @return empty where there is none, or it is damaged
     */
    static Optional<Manifest> of(Releases releases, String without) {
        try {
            return releases.current().map(releases::manifest);
        } catch (SmewException damaged) {
            return none(damaged, without);
        }
    }

    /** Nothing, said aloud, where a failure means damage; any other is thrown on. */
    static <T> Optional<T> none(SmewException failed, String without) {
        if (failed.fault() != Fault.DATA) {
            throw failed;
        }
        LOG.log(Level.WARNING, without + " " + failed.getMessage());
        return Optional.empty();
    }
}
