package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.model.Card;
import smew.model.Interval;
import smew.model.Metrics;
import smew.model.Uncertainty;

final class MetricTest {

    /** SageMaker keeps no more of a training job. */
    private static final int MOST_METRICS_OF_A_JOB = 40;

    private static Card card(
            Map<String, Double> figures, Map<String, Double> baseline, Map<String, Interval> intervals) {
        Metrics metrics = new Metrics(
                figures,
                baseline,
                List.of(),
                Optional.of(new Uncertainty(1000, 500, intervals, Optional.empty())),
                Optional.empty(),
                Optional.empty());
        return Runs.card(List.of("no", "yes"), Optional.of("yes"), Runs.inputs("kind"), metrics);
    }

    @Test
    void explainsEveryFigureInOneOrMoreSentences() {
        for (Metric metric : Metric.values()) {
            assertTrue(metric.meaning().endsWith("."), metric + " ends with a full stop");
            assertEquals(Optional.of(metric), Metric.of(metric.key()));
        }
        assertTrue(Report.figures().size() <= MOST_METRICS_OF_A_JOB, "more than a job of SageMaker takes");
    }

    @Test
    void knowsWhatGuessingScoresByDefinition() {
        Card card = card(Map.of("positive_rate", 0.062), Map.of("log_loss", 0.23), Map.of());
        assertEquals(Optional.of(0.5), Metric.baseline(card, "auc"));
        assertEquals(Optional.of(0.0), Metric.baseline(card, "gini"));
        assertEquals(Optional.of(0.0), Metric.baseline(card, "ks"));
        assertEquals(Optional.of(0.0), Metric.baseline(card, "mcc"));
        assertEquals(Optional.of(0.062), Metric.baseline(card, "pr_auc"));
        assertEquals(Optional.of(0.5), Metric.baseline(card, "balanced_accuracy"));
        assertEquals(Optional.of(0.23), Metric.baseline(card, "log_loss"));
        assertEquals(Optional.empty(), Metric.baseline(card, "brier"));
        assertEquals(Optional.empty(), Metric.baseline(card, "unheard_of"));
    }

    @Test
    void believesTheCardRatherThanTheDefinition() {
        assertEquals(Optional.of(0.07), Metric.baseline(card(Map.of(), Map.of("pr_auc", 0.07), Map.of()), "pr_auc"));
    }

    @Test
    void marksAFigureThatHasNoIntervalAmongOthersThatHave() {
        Card card = card(Map.of("auc", 0.7, "gini", 0.4), Map.of(), Map.of("auc", new Interval(0.6, 0.8)));
        assertEquals("better by 0.2", Metric.verdict(card, "auc").words());
        assertEquals("better by 0.4, no interval", Metric.verdict(card, "gini").words());
        assertEquals(Verdict.Kind.OPEN, Metric.verdict(card, "gini").kind());
    }

    @Test
    void judgesAModelByTheFigureThatChanceCannotReach() {
        assertEquals(Optional.of(Metric.AUC), Metric.head(RichCards.binary()));
        assertEquals(Optional.of(Metric.R2), Metric.head(RichCards.regression()));
        assertEquals(Optional.of(Metric.ACCURACY), Metric.head(RichCards.threeClasses()));
        assertEquals(Optional.empty(), Metric.head(card(Map.of(), Map.of(), Map.of())));
    }

    @Test
    void writesTitlesInsideASentence() {
        assertEquals("accuracy", Metric.ACCURACY.word());
        assertEquals("ROC AUC", Metric.AUC.word());
        assertEquals("R²", Metric.R2.word());
        assertEquals("F1", Metric.F1.word());
    }
}
