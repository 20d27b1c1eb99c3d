package smew.app;

import java.util.List;
import java.util.Map;
import smew.features.LiveProject;

/** Hears what watching does, on the thread that watches. */
interface WatchListener {

    /** A turn begins; {@code changed} as in {@link WatchTurn}. */
    default void begins(List<String> changed) {}

    /**
     * A turn has ended.
     *
     * @param seen every relation that can be made, as it is now, by name
     */
    void ended(WatchTurn turn, Map<String, LiveProject.Seen> seen);

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
            public void ended(WatchTurn turn, Map<String, LiveProject.Seen> seen) {
                first.ended(turn, seen);
                other.ended(turn, seen);
            }
        };
    }
}
