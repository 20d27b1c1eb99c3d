package smew.monitor;

import java.time.Duration;

/**
 * Bounds of a log.
 *
 * @param queueRows predictions that wait to be written at most; more are dropped and counted
 * @param fileRows so many waiting predictions are written at once, and so many a file has at most, but for those of one such time
 * @param every so often is written what there is
 * @param patience how long closing waits for what is still to be written
 */
public record LogSettings(int queueRows, int fileRows, Duration every, Duration patience) {

    /** Some 20 MB of memory when full, and at most 125 MB more where online rows stay on disk. */
    public static final LogSettings DEFAULT =
            new LogSettings(100_000, 25_000, Duration.ofSeconds(60), Duration.ofSeconds(10));

    public LogSettings {
        if (fileRows < 1 || queueRows < fileRows || !every.isPositive() || patience.isNegative()) {
            throw new IllegalArgumentException("A log of " + queueRows + " rows, files of " + fileRows + ", every "
                    + every + ", patience " + patience);
        }
    }
}
