package smew.monitor;

import java.util.Locale;

/** Why a prediction is not in the log. */
enum Loss {
    /** Too many waited already, because the store is slower than predictions come. */
    QUEUE_FULL,
    /** Its file could not be written. */
    WRITE_FAILED,
    /** The log was closed already. */
    CLOSED;

    /** As a label of a metric. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
