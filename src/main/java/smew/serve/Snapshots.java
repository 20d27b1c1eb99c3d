package smew.serve;

/** Where a server finds what to answer from. */
sealed interface Snapshots permits Follower, Unchanging {

    /** The present one. */
    Snapshot snapshot();

    /** What is tried beside it. */
    default Tried tried() {
        return Tried.NOTHING;
    }

    /** Looks for a newer one now, where there may be any; never throws. */
    default void refresh() {}
}
