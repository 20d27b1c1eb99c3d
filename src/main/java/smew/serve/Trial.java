package smew.serve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part that a snapshot has while a canary is tried.
 *
 * @param canary answers for some of the ids; null where this snapshot was chosen already
 */
record Trial(Side side, @Nullable Canary canary) {

    /** Who answers, and why. */
    enum Side {
        /** The current release, for an id that is its own. */
        CURRENT,
        /** The canary. */
        CANARY,
        /** The current release, for an id of the canary of which that cannot say anything. */
        FALLBACK;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
