package smew.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.model.Card;
import smew.project.Relation;

/** The figures of a card that this report can explain; another one is shown by its name alone. */
enum Metric {
    AUC(
            "AUC",
            Better.HIGHER,
            "How well rows of a class are ranked above all others (for more than two classes, the mean over them). 0.5 is"
                    + " guessing, 1 is perfect."),
    ACCURACY(
            "Accuracy",
            Better.HIGHER,
            "Share of rows whose most probable class is the true one. Where one class is rare, always naming the other"
                    + " scores high already."),
    LOG_LOSS(
            "Log loss",
            Better.LOWER,
            "How far the probabilities are from the truth; being sure and wrong costs most. 0 is perfect."),
    BRIER("Brier score", Better.LOWER, "Mean squared distance between probability and truth. 0 is perfect."),
    PRECISION("Precision", Better.HIGHER, "Of the rows predicted to be positive, the share that are."),
    RECALL("Recall", Better.HIGHER, "Of the rows that are positive, the share predicted to be."),
    F1("F1", Better.HIGHER, "Precision and recall in one number (their harmonic mean); low when either is."),
    POSITIVE_RATE("Positive rate", Better.NEITHER, "Share of held-out rows that are positive: how rare the class is."),
    RMSE("RMSE", Better.LOWER, "Typical error in the unit of the label; large errors weigh more. 0 is perfect."),
    MAE("MAE", Better.LOWER, "Mean error in the unit of the label, whatever its direction. 0 is perfect."),
    R2(
            "R²",
            Better.HIGHER,
            "Share of the label's variation that the model explains. 0 is always answering the mean, 1 is perfect.");

    /** Every row the same score: as many pairs are ranked right as wrong. */
    private static final double AUC_OF_TRIVIAL = 0.5;

    private enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    private final String title;
    private final Better better;
    private final String meaning;

    Metric(String title, Better better, String meaning) {
        this.title = title;
        this.better = better;
        this.meaning = meaning;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String meaning() {
        return meaning;
    }

    static Optional<Metric> of(String key) {
        return List.of(values()).stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }

    static String title(String key) {
        return of(key).map(metric -> metric.title).orElse(key);
    }

    /** The two figures of a card to look at first, as far as it has them. */
    static List<Metric> first(Card card) {
        List<Metric> two = card.task() == Relation.Task.REGRESSION
                ? List.of(RMSE, R2)
                : card.classes().size() == 2 ? List.of(AUC, LOG_LOSS) : List.of(ACCURACY, LOG_LOSS);
        return two.stream()
                .filter(metric -> card.metrics().figures().containsKey(metric.key()))
                .toList();
    }

    /** The same figure for the trivial model. */
    static Optional<Double> baseline(Card card, String key) {
        return key.equals(AUC.key())
                ? Optional.of(AUC_OF_TRIVIAL)
                : Optional.ofNullable(card.metrics().baseline().get(key));
    }

    /** How a figure compares with the same figure of the trivial model. */
    static Verdict verdict(Card card, String key) {
        Double figure = card.metrics().figures().get(key);
        Optional<Double> baseline = baseline(card, key);
        Better better = of(key).map(metric -> metric.better).orElse(Better.NEITHER);
        if (figure == null || baseline.isEmpty() || better == Better.NEITHER) {
            return Verdict.OPEN;
        }
        int order = Double.compare(figure, baseline.get());
        return order == 0 ? Verdict.SAME : (order > 0) == (better == Better.HIGHER) ? Verdict.BETTER : Verdict.WORSE;
    }

    /** What a comparison with the trivial model says. */
    enum Verdict {
        BETTER("better"),
        WORSE("worse"),
        SAME("the same"),
        OPEN(Figures.NONE);

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** Such as {@code better by 0.26}. */
        Html html(double figure, Optional<Double> baseline) {
            String by = this == BETTER || this == WORSE
                    ? baseline.map(value -> " by " + Figures.number(Math.abs(figure - value)))
                            .orElse("")
                    : "";
            return Html.element("span", words + by).as(name().toLowerCase(Locale.ROOT));
        }
    }
}
