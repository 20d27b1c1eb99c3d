package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.report.Pages.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import smew.model.Card;
import smew.model.Curves;
import smew.model.Metrics;

/** Every part of a card is shown where it is there, and leaves no trace where it is not. */
final class ModelPartsTest {

    private static final Card FULL = RichCards.binary();

    private static Card with(Metrics metrics) {
        return FULL.with(metrics);
    }

    private static Metrics metrics(Optional<Curves> curves) {
        Metrics all = FULL.metrics();
        return new Metrics(all.figures(), all.baseline(), all.confusion(), all.uncertainty(), all.previous(), curves);
    }

    private static void assertAll(String words, String... parts) {
        for (String part : parts) {
            assertTrue(words.contains(part), part + " in " + words);
        }
    }

    private static void assertNone(String words, String... parts) {
        for (String part : parts) {
            assertFalse(words.contains(part), part + " in " + words);
        }
    }

    @Test
    void showsIntervalsAndTheReplacedModelBesideEachFigure() {
        assertAll(
                model(FULL),
                "Figure This model 95 % interval Baseline Replaced model Against the baseline",
                "ROC AUC 0.7604 0.7411 to 0.7788 0.5 0.7481 better by 0.2604",
                "Accuracy 0.9382 0.9334 to 0.9431 0.938 – no different from the baseline: the interval holds 0.938");
        Metrics all = FULL.metrics();
        String without = model(with(new Metrics(
                all.figures(), all.baseline(), all.confusion(), Optional.empty(), Optional.empty(), all.curves())));
        assertAll(without, "Figure This model Baseline Against the baseline", "ROC AUC 0.7604 0.5 better by 0.2604");
        assertNone(without, "95 % interval Baseline", "Replaced model", "Cross-validation", "Intervals:");
    }

    @Test
    void comparesWithTheReplacedModelByIntervalsOfTheDifferences() {
        assertAll(
                model(FULL),
                "It would replace the model of release 20261122T020000.000Z-aaaabbbbcccc. The older model was split in"
                        + " another way and may have learned from these entities, which flatters it.",
                "ROC AUC 0.7604 0.7481 0.0021 to 0.0225 better by 0.0123",
                "Log loss 0.2042 0.2039 -0.0011 to 0.0019 no different: the interval holds 0");
    }

    @Test
    void showsFolds() {
        assertAll(model(FULL), "Cross-validation, 5 folds", "ROC AUC 0.7604 0.7571 0.0042");
    }

    @Test
    void drawsWhatFollowsFromARanking() {
        assertAll(
                model(FULL),
                "ROC curve",
                "Area under the curve: 0.7604 (0.7411 to 0.7788).",
                "Average precision: 0.2143 (0.2057 to 0.2229).",
                "of rows ranked first hold",
                "times as common as among all",
                "threshold 0.15");
        assertNone(
                model(with(metrics(Optional.empty()))),
                "ROC curve",
                "Recall: positive rows called positive",
                "Gain",
                "Lift",
                "Reliability",
                "Probabilities by class");
    }

    @Test
    void drawsEachKindOfCurveByItself() {
        Curves all = FULL.metrics().curves().orElseThrow();
        String bins = model(
                with(metrics(Optional.of(new Curves(Optional.empty(), all.reliability(), List.of(), List.of())))));
        assertAll(bins, "Reliability", "Calibration error: 0.0061", "Said, mean Came true 95 % interval Rows");
        assertNone(bins, "ROC curve", "Probabilities by class");
        String spread = model(
                with(metrics(Optional.of(new Curves(Optional.empty(), List.of(), all.distribution(), List.of())))));
        assertAll(spread, "Probabilities by class", "A panel for the rows of each true class");
        assertNone(spread, "ROC curve", "Reliability");
    }

    @Test
    void drawsNoCurveOfOneStepOrOfNoRows() {
        Curves.Step none = new Curves.Step(2, 0, 0, 0, 1);
        Curves curves = new Curves(
                Optional.of(new Curves.Ranking(List.of(none))),
                List.of(),
                List.of(new Curves.Spread("0", 0, 1, 0)),
                List.of());
        assertNone(model(with(metrics(Optional.of(curves)))), "ROC curve", "Probabilities by class");
    }

    @Test
    void leavesOutSharesOfAHandfulOfRows() {
        List<Curves.Step> steps = new ArrayList<>(List.of(new Curves.Step(2, 0, 0, 0, 1)));
        steps.add(new Curves.Step(0.9, 10.0 / 11_992, 0.01, 0, 1));
        steps.add(new Curves.Step(0.5, 0.5, 0.8, 0.48, 0.1));
        steps.add(new Curves.Step(0, 1, 1, 1, 0.06));
        Curves curves = new Curves(Optional.of(new Curves.Ranking(steps)), List.of(), List.of(), List.of());
        assertAll(
                model(with(metrics(Optional.of(curves)))),
                "Guessing is the dashed line, the share of positive rows, 0.06. Drawn from the first 5,996 rows on");
    }

    @Test
    void marksTheThresholdInUseWithWhatItDecided() {
        List<List<Long>> confusion = FULL.metrics().confusion();
        long hits = confusion.get(1).get(1);
        long called = hits + confusion.get(0).get(1);
        assertAll(
                model(FULL),
                "Threshold Called positive Precision Recall F1 False alarms",
                "0.15 " + Figures.percent(called, 11_992).replace('\u00A0', ' ') + " "
                        + Figures.percent(hits, called).replace('\u00A0', ' '),
                "◆ in use: f1, chosen on 2,799 rows that are not held out",
                "0.15 (f1, chosen on 2,799 rows that are not held out)");
        String usual = model(RichCards.chance());
        assertAll(usual, "◆ in use: the more probable class");
        assertEquals(1, usual.split("◆ in use", -1).length - 1);
    }

    @Test
    void drawsARegression() {
        String words = model(RichCards.regression());
        assertAll(
                words,
                "Predicted and true",
                "True less predicted",
                "Predicted numbers",
                "Predicted, mean True, mean Lower quartile Upper quartile Rows",
                "Predicted, thousands");
        assertNone(words, "ROC curve", "Thresholds", "Held-out rows by true and predicted class");
        assertNone(model(Runs.regression()), "Predicted and true", "Residuals", "Predicted numbers");
    }

    @Test
    void drawsAPanelForEachOfSeveralClasses() {
        String words = model(RichCards.threeClasses());
        assertAll(words, "ant (2,470 rows)", "bee (", "cat (", "Reliability");
        assertNone(words, "ROC curve", "Thresholds");
    }

    @Test
    void showsImportanceByPermutationAndFoldsAwayWhatTrainingSays() {
        assertAll(
                model(FULL),
                "Input From -0.0021 to 0.133, dashed at 0 ROC AUC, worse by 95 % interval",
                "income 0.1213 0.1101 to 0.1330 ",
                "kind -0.0004 -0.0021 to 0.0012 may be chance",
                "Importance as training has it",
                "Left out by @features: phone, e_mail.");
        String without = model(RichCards.chance());
        assertAll(without, "Importance in training", "kind 33.3 %");
        assertNone(without, "Importance as training has it", "ROC AUC, worse by", "Left out by");
    }

    @Test
    void drawsNumbersAsCurvesAndCategoriesAsRows() {
        String words = model(FULL);
        assertAll(words, "income, thousands", "Mean probability of 1 Value From 0 to 0.15 Mean Working 0.063");
        assertNone(model(RichCards.chance()), "The mean prediction if every held-out row");
    }

    @Test
    void showsHowProbabilitiesWereCorrected() {
        assertAll(
                model(FULL),
                "Probabilities are corrected by a curve that never falls (isotonic), learned on 2,799 rows",
                "isotonic 0.2051 ◆ in use",
                "Correction");
        assertNone(model(RichCards.chance()), "corrected", "Correction");
    }

    @Test
    void showsTheLeaderboardAndWhyTheChosenOneWasChosen() {
        assertAll(
                model(FULL),
                "@algorithm auto compared 4 candidates over 5 folds of 14,000 training rows, and its budget was too small",
                "The simplest candidate within one standard error of the best is chosen",
                "Candidates, compared by ROC AUC (higher is better)",
                "0.7571 0.0042 5 of 5 14,000 ◆ chosen",
                "0.612 0.0121 2 of 5 14,000 stopped: no hope of winning",
                "Not compared: adaboost: it failed: too few rows");
        assertNone(model(RichCards.chance()), "@algorithm auto");
    }

    @Test
    void writesSearchedParametersInOneOrder() {
        assertEquals("depth=4 rate=0.1", SearchTable.parameters(new TreeMap<>(Map.of("rate", 0.1, "depth", 4L))));
    }
}
