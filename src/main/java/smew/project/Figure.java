package smew.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every figure that a model may be judged by, and which way it is good. A model has those that its task and label define. */
public enum Figure {
    AUC(Better.HIGHER),
    PR_AUC(Better.HIGHER),
    GINI(Better.HIGHER),
    KS(Better.HIGHER),
    LOG_LOSS(Better.LOWER),
    BRIER(Better.LOWER),
    CALIBRATION_ERROR(Better.LOWER),
    ACCURACY(Better.HIGHER),
    BALANCED_ACCURACY(Better.HIGHER),
    MCC(Better.HIGHER),
    COST(Better.LOWER),
    PRECISION(Better.HIGHER),
    RECALL(Better.HIGHER),
    F1(Better.HIGHER),
    MACRO_PRECISION(Better.HIGHER),
    MACRO_RECALL(Better.HIGHER),
    MACRO_F1(Better.HIGHER),
    MICRO_F1(Better.HIGHER),
    POSITIVE_RATE(Better.NEITHER),
    RMSE(Better.LOWER),
    MAE(Better.LOWER),
    MAPE(Better.LOWER),
    R2(Better.HIGHER);

    /** Which way a figure is good. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    private final Better better;

    Figure(Better better) {
        this.better = better;
    }

    /** As directives, cards and releases have it: {@code log_loss}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Better better() {
        return better;
    }

    /** The figure of a key; empty for one that this build does not know. */
    public static Optional<Figure> of(String key) {
        return Arrays.stream(values())
                .filter(figure -> figure.key().equals(key))
                .findFirst();
    }
}
