package smew.monitor;

import smew.columns.Table;

/**
 * Predictions beside what became of them.
 *
 * @param rows one per outcome that a prediction was found for: {@link #LABEL} and {@link #PREDICTION} as text, {@link #PROBABILITY},
 *     {@link #RELEASE} that predicted, and where no class is positive one of {@link #probability} per class
 * @param outcomes how many are known in all
 */
public record Matched(Table rows, long outcomes) {

    public static final String LABEL = "label";
    public static final String PREDICTION = "prediction";
    public static final String PROBABILITY = "probability";
    public static final String RELEASE = "release";

    /** The column of a class by its place in the card; null where the release that predicted, or the Smew that logged, did not know it. */
    public static String probability(int code) {
        return PROBABILITY + "_" + (code + 1);
    }

    /** Outcomes that nothing was predicted for, or only afterwards. */
    public long unmatched() {
        return outcomes - rows.rows();
    }
}
