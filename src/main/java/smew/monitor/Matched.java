package smew.monitor;

import smew.columns.Table;

/**
 * Predictions beside what became of them.
 *
 * @param rows one per outcome that a prediction was found for: {@link #LABEL} and {@link #PREDICTION} as text, {@link #PROBABILITY},
 *     {@link #RELEASE} that predicted
 * @param outcomes how many are known in all
 */
public record Matched(Table rows, long outcomes) {

    public static final String LABEL = "label";
    public static final String PREDICTION = "prediction";
    public static final String PROBABILITY = "probability";
    public static final String RELEASE = "release";

    /** Outcomes that nothing was predicted for, or only afterwards. */
    public long unmatched() {
        return outcomes - rows.rows();
    }
}
