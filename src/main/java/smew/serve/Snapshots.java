package smew.serve;

import java.util.Optional;
import smew.release.Releases;

/** Where a server finds what to answer from. */
sealed interface Snapshots permits Follower, Unchanging {

    /** The present one. */
    Snapshot snapshot();

    /** What is tried beside it. */
    default Tried tried() {
        return Tried.NOTHING;
    }

    /** The store that they come from; empty where there is none. */
    default Optional<Releases> releases() {
        return Optional.empty();
    }

    /** Looks for a newer one now, where there may be any; never throws. */
    default void refresh() {}
}
