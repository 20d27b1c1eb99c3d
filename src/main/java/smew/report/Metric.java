package smew.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import smew.model.Card;
import smew.model.Interval;
import smew.model.Metrics;
import smew.model.Uncertainty;
import smew.project.Figure;
import smew.project.Figure.Better;
import smew.project.Relation;

/** The figures of a card that this report can explain; another one is shown by its name alone. */
enum Metric {
    AUC(
            "ROC AUC",
            "How well rows of a class are ranked above all others (for more than two classes, the mean over them). 0.5 is"
                    + " guessing, 1 is perfect."),
    PR_AUC(
            "PR AUC",
            "Average precision: how pure the rows ranked first are, over all thresholds. Guessing scores the positive"
                    + " rate, 1 is perfect."),
    GINI("Gini", "Twice the AUC less one: 0 is guessing, 1 is perfect."),
    KS(
            "KS",
            "The widest gap between the share of positive rows and of negative rows above one threshold (Kolmogorov-"
                    + "Smirnov). 0 is guessing, 1 is perfect."),
    LOG_LOSS(
            "Log loss", "How far the probabilities are from the truth; being sure and wrong costs most. 0 is perfect."),
    BRIER("Brier score", "Mean squared distance between probability and truth. 0 is perfect."),
    CALIBRATION_ERROR(
            "Calibration error",
            "How far what was said is from what came true, the mean over rows of like probability. 0 is perfect, and what"
                    + " a model that says the same of every row may reach too."),
    ACCURACY(
            "Accuracy",
            "Share of rows whose predicted class is the true one. Where one class is rare, always naming the other scores"
                    + " high already."),
    BALANCED_ACCURACY(
            "Balanced accuracy",
            "The mean over classes of the share predicted right, so that a rare class counts as much as a common one."),
    MCC(
            "MCC",
            "Correlation of predicted and true class (Matthews). 0 is guessing, 1 is perfect, below 0 is worse than"
                    + " guessing."),
    COST("Cost", "What wrong predictions cost per row, by the prices that @threshold names. 0 is perfect."),
    PRECISION("Precision", "Of the rows predicted to be positive, the share that are."),
    RECALL("Recall", "Of the rows that are positive, the share predicted to be."),
    F1("F1", "Precision and recall in one number (their harmonic mean); low when either is."),
    MACRO_PRECISION("Macro precision", "Precision of each class, the mean over classes."),
    MACRO_RECALL("Macro recall", "Recall of each class, the mean over classes."),
    MACRO_F1("Macro F1", "F1 of each class, the mean over classes: a rare class counts as much as any."),
    MICRO_F1("Micro F1", "F1 over the rows of all classes together: the accuracy."),
    POSITIVE_RATE("Positive rate", "Share of held-out rows that are positive: how rare the class is."),
    RMSE("RMSE", "Typical error in the unit of the label; large errors weigh more. 0 is perfect."),
    MAE("MAE", "Mean error in the unit of the label, whatever its direction. 0 is perfect."),
    MAPE(
            "MAPE",
            "Mean error as a share of the label, whatever its direction; labels near 0 make it huge. 0 is perfect."),
    R2("R²", "Share of the label's variation that the model explains. 0 is always answering the mean, 1 is perfect.");

    /** What guessing scores by definition, whatever the rows are. */
    private static final Map<Metric, Double> GUESSING = Map.of(AUC, 0.5, GINI, 0.0, KS, 0.0, MCC, 0.0);

    /** Figures that tell a model from guessing; the others have a trivial model to beat. */
    private static final Set<Metric> RANKING = Set.of(AUC, PR_AUC, GINI, KS, BALANCED_ACCURACY, MCC);

    private final String title;
    private final String meaning;

    Metric(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String meaning() {
        return meaning;
    }

    static Optional<Metric> of(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }

    static String title(String key) {
        return of(key).map(metric -> metric.title).orElse(key);
    }

    /** The title inside a sentence: {@code accuracy}, but {@code ROC AUC}. */
    String word() {
        boolean name = title.length() < 2 || !Character.isLowerCase(title.charAt(1));
        return name ? title : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    /** Which way it is good; of a figure without explanation nobody knows. */
    static Better better(String key) {
        return Figure.of(key).map(Figure::better).orElse(Better.NEITHER);
    }

    /** The figure that tells whether a model is worth anything; empty where a card has none of those that can. */
    static Optional<Metric> head(Card card) {
        return card.head().flatMap(figure -> of(figure.key()));
    }

    /** Figures by which protocols are compared, the best known first, as far as a card has them. */
    static List<Metric> beside(Card card) {
        List<Metric> some = card.task() == Relation.Task.REGRESSION
                ? List.of(R2, RMSE, MAE)
                : List.of(ACCURACY, AUC, PR_AUC, F1, MACRO_F1, LOG_LOSS);
        return some.stream().filter(metric -> has(card, metric)).toList();
    }

    private static boolean has(Card card, Metric metric) {
        return card.metrics().figures().containsKey(metric.key());
    }

    /** The two figures of a card to look at first, as far as it has them. */
    static List<Metric> first(Card card) {
        List<Metric> two = card.task() == Relation.Task.REGRESSION
                ? List.of(RMSE, R2)
                : card.classes().size() == 2 ? List.of(AUC, LOG_LOSS) : List.of(ACCURACY, LOG_LOSS);
        return two.stream().filter(metric -> has(card, metric)).toList();
    }

    /** The same figure for the trivial model, as the card has it or as the figure's definition gives it. */
    static Optional<Double> baseline(Card card, String key) {
        Metrics metrics = card.metrics();
        Optional<Double> defined = of(key).map(GUESSING::get);
        if (key.equals(PR_AUC.key())) {
            defined = Optional.ofNullable(metrics.figures().get(POSITIVE_RATE.key()));
        } else if (key.equals(BALANCED_ACCURACY.key())) {
            defined = Optional.of(1.0 / card.classes().size());
        }
        Double known = metrics.baseline().get(key);
        return known == null ? defined : Optional.of(known);
    }

    static Optional<Interval> interval(Card card, String key) {
        return card.metrics()
                .uncertainty()
                .map(Uncertainty::intervals)
                .flatMap(intervals -> Optional.ofNullable(intervals.get(key)));
    }

    /** How a figure compares with the same figure of the trivial model. */
    static Verdict verdict(Card card, String key) {
        double figure = card.metrics().figures().getOrDefault(key, Double.NaN);
        Optional<Interval> interval = interval(card, key);
        Verdict verdict = Verdict.against(better(key), figure, interval, baseline(card, key), trivial(card, key));
        boolean unmeasured = interval.isEmpty() && card.metrics().uncertainty().isPresent();
        return unmeasured ? verdict.withoutInterval() : verdict;
    }

    /** What the trivial model does, as far as a figure sees it. */
    static String trivial(Card card, String key) {
        if (card.task() == Relation.Task.REGRESSION) {
            return "the mean label";
        }
        return of(key).filter(RANKING::contains).isPresent() ? "guessing" : "the baseline";
    }
}
