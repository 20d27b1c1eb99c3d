package smew.serve;

import java.time.Duration;

/** Where a server finds what to answer from. */
sealed interface Snapshots extends AutoCloseable permits Follower, Unchanging {

    /** The present one. */
    Snapshot snapshot();

    /** Begins to look for newer ones, where there may be any. */
    default void start(Duration poll) {}

    /** Looks for a newer one now; never throws. */
    default void refresh() {}

    @Override
    default void close() {}
}
