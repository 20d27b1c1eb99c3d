package smew.app;

import java.util.List;
import java.util.Map;
import smew.features.LiveRows;

/** Hears what watching does, on the thread that watches. */
interface WatchListener {

    /** A turn begins; {@code changed} as in {@link WatchTurn}. */
    default void begins(List<String> changed) {}

    /**
     * A turn has ended.
     *
     * @param seen every relation that can be made, as it is now, by name
     */
    void ended(WatchTurn turn, Map<String, LiveRows> seen);

    /** Whether {@link #looked} is wanted. */
    default boolean looksCloser() {
        return false;
    }

    /** While nothing was saved, relations were looked at more closely. */
    default void looked(Map<String, LiveRows> seen) {}

    /** Both hear it. */
    default WatchListener and(WatchListener other) {
        WatchListener first = this;
        return new WatchListener() {
            @Override
            public void begins(List<String> changed) {
                first.begins(changed);
                other.begins(changed);
            }

            @Override
            public void ended(WatchTurn turn, Map<String, LiveRows> seen) {
                first.ended(turn, seen);
                other.ended(turn, seen);
            }

            @Override
            public boolean looksCloser() {
                return first.looksCloser() || other.looksCloser();
            }

            @Override
            public void looked(Map<String, LiveRows> seen) {
                first.looked(seen);
                other.looked(seen);
            }
        };
    }
}
