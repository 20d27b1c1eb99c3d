package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.model.Audit;
import smew.model.Card;
import smew.model.Interval;
import smew.model.Metrics;
import smew.model.Uncertainty;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Relation;

final class TrustPartTest {

    private static String words(Card card) {
        return Pages.words(new TrustPart(card, new LeakSection.Behind(true, true, List.of())).html());
    }

    private static String judgement(double auc, double low, double high) {
        Metrics metrics = new Metrics(
                Map.of("auc", auc),
                Map.of(),
                List.of(),
                Optional.of(new Uncertainty(1000, 500, Map.of("auc", new Interval(low, high)), Optional.empty())),
                Optional.empty(),
                Optional.empty());
        return Pages.words(List.of(
                Judgement.of(RichCards.binary().with(metrics)).orElseThrow().box()));
    }

    private static Card with(Audit audit) {
        Card card = RichCards.chance();
        return RichCards.rich(
                card, card.calibration(), card.threshold(), card.insight(), card.search(), Optional.of(audit));
    }

    private static Leak leak(String relation, Relation.Severity severity, Optional<String> reason) {
        return new Leak(LeakKind.FUTURE, severity, relation, Optional.of("amount"), "It changes.", "Cut it.", reason);
    }

    private static ReportedRun run(Leaks leaks, Card card) {
        ReportedRun run = Runs.with(card);
        return Runs.with(run, Optional.of(leaks), Optional.empty());
    }

    @Test
    void saysPlainlyThatAModelIsNoBetterThanGuessing() {
        assertTrue(
                words(RichCards.chance())
                        .contains(
                                "No better than guessing. ROC AUC on held-out rows is 0.5213, and its 95 % interval, 0.4987"
                                        + " to 0.5441, holds 0.5, which is what guessing scores. Nobody should act on its"
                                        + " predictions."),
                words(RichCards.chance()));
        String summary = Pages.words(Pages.section(Report.html(Runs.with(RichCards.chance())), "summary"));
        assertTrue(summary.contains("No better than guessing."), summary);
    }

    @Test
    void tellsBetterAndWorseThanGuessingApart() {
        assertTrue(judgement(0.76, 0.74, 0.78)
                .contains(
                        "Better than guessing. ROC AUC on held-out rows is 0.76, and its 95 % interval, 0.7400 to 0.7800,"
                                + " lies above 0.5"));
        String hardly = judgement(0.5263, 0.5146, 0.5394);
        assertTrue(hardly.contains("Hardly better than guessing. ROC AUC on held-out rows is 0.5263"), hardly);
        assertTrue(hardly.contains("The difference is real, and too small to be of use."), hardly);
        assertTrue(judgement(0.4, 0.38, 0.42).contains("Worse than guessing."));
        assertTrue(judgement(0.4, 0.38, 0.42).contains("lies below 0.5"));
    }

    @Test
    void makesNoClaimWithoutAnInterval() {
        String words = words(Runs.binary());
        assertTrue(words.contains("How much of it is chance is not known. ROC AUC on held-out rows is 0.7604"), words);
        assertFalse(words.contains("Better than"), words);
    }

    @Test
    void comparesARegressionWithTheMeanLabel() {
        String words = words(RichCards.regression());
        assertTrue(words.contains("Better than the mean label. R² on held-out rows is 0.8214"), words);
        assertTrue(words.contains("lies above 0, which is what the mean label scores."), words);
    }

    @Test
    void saysWhatACarelessProtocolWouldHavePrintedAndWhy() {
        String words = words(RichCards.chance());
        assertTrue(
                words.contains("It would have printed accuracy 0.967 and ROC AUC 0.9871. That is no better model: the"
                        + " same algorithm was asked about rows that it had met before."),
                words);
        assertTrue(words.contains("the honest figure will be seen: ROC AUC 0.5213 (0.4987 to 0.5441)."), words);
        assertTrue(
                words.contains("Honest: as this report has it 0.9851 0.9840 to 0.9862 0.5213 0.4987 to 0.5441"), words);
        assertTrue(words.contains("The trivial model, on the same rows 0.9851 0.5 "), words);
        assertTrue(words.contains("Careless: rows were held out one by one"), words);
        assertTrue(words.contains("… and id was an input, which a model can learn by heart 0.9851 0.931"), words);
        assertTrue(words.contains("of 200,000 rows"), words);
    }

    @Test
    void saysSoWhereMistakesChangeLittle() {
        Audit.Step step = new Audit.Step("rows were held out one by one", Map.of("auc", 0.53, "accuracy", 0.985));
        String words = words(with(new Audit(List.of(), Optional.of(new Audit.Careless(1000, List.of(step))))));
        assertTrue(words.contains("Here the mistakes change little."), words);
        assertFalse(words.contains("no better model"), words);
        assertTrue(words(with(new Audit(List.of(), Optional.empty())))
                .contains("None of the usual mistakes could be made with these rows."));
        assertFalse(words(Runs.binary()).contains("careless"), "nothing where it was not measured");
    }

    @Test
    void namesTheProtocolInWords() {
        String words = words(RichCards.binary());
        assertTrue(words.contains("Held out: 11,992 rows of whole entities."), words);
        assertTrue(words.contains("Probabilities were corrected on 2,799 rows of their own"), words);
        assertTrue(words.contains("The threshold, 0.15, was chosen on 2,799 rows"), words);
        assertTrue(words.contains("candidates were compared on folds of those"), words);
        assertTrue(words.contains("Intervals: 10,937 entities held out were drawn anew 1,000 times"), words);
        String plain = words(Runs.binary());
        assertFalse(plain.contains("threshold") || plain.contains("corrected") || plain.contains("Intervals"), plain);
    }

    @Test
    void saysWhenLeaksWereNotLookedFor() {
        String words =
                Pages.words(new TrustPart(Runs.binary(), new LeakSection.Behind(false, false, List.of())).html());
        assertTrue(words.contains("Leaks were not looked for in this run."), words);
        String page = Report.html(Runs.with(Runs.binary()));
        assertFalse(page.contains("id=\"leaks\""));
    }

    @Test
    void countsLeaksInAllThatAModelReads() {
        Leaks leaks = new Leaks(
                List.of(
                        leak("history", Relation.Severity.ERROR, Optional.empty()),
                        leak("history", Relation.Severity.INFO, Optional.empty()),
                        leak("elsewhere", Relation.Severity.ERROR, Optional.empty()),
                        leak("history", Relation.Severity.WARN, Optional.of("we know"))),
                List.of());
        String page = Report.html(run(leaks, Runs.binary()));
        String model = Pages.words(Pages.section(page, "model-1"));
        assertTrue(model.contains("1 leak in what it reads: history.amount. Its figures may be too good."), model);
        String summary = Pages.words(Pages.section(page, "summary"));
        assertTrue(summary.contains("Leaks: 2 errors, 0 warnings, 1 allowed."), summary);
    }

    @Test
    void tellsOfEachLeakWhatShowsItAndWhatToDo() {
        Leaks leaks = new Leaks(
                List.of(
                        leak("history", Relation.Severity.WARN, Optional.of("we know")),
                        leak("history", Relation.Severity.ERROR, Optional.empty())),
                List.of(new Leaks.Note(Relation.Severity.WARN, "history", "loans has no @time.")));
        String words = Pages.words(Pages.section(Report.html(run(leaks, Runs.binary())), "leaks"));
        int open =
                words.indexOf("history.amount future error It changes. Cut it. If it is meant, write -- @allow future"
                        + " amount and why.");
        int allowed = words.indexOf("history.amount future allowed It changes. Allowed: we know");
        assertTrue(open >= 0 && allowed > open, words);
        assertTrue(words.contains("history: loans has no @time."), words);
    }

    @Test
    void showsLeaksInTheRowsOfAModelWithoutThoseOfViews() {
        Leak copy = new Leak(
                LeakKind.LABEL_COPY,
                Relation.Severity.ERROR,
                "risk",
                Optional.of("kind"),
                "It is the label.",
                "Leave it out.",
                Optional.empty());
        Card card = with(new Audit(List.of(copy), Optional.empty()));
        String page = Report.html(Runs.with(card));
        String words = Pages.words(Pages.section(page, "leaks"));
        assertTrue(words.contains("risk.kind label-copy error It is the label. Leave it out."), words);
        assertTrue(words.contains("Whether feature views look into the future was not tested in this run."), words);
        assertTrue(Pages.words(Pages.section(page, "model-1")).contains("1 leak in what it reads: risk.kind"));
    }

    @Test
    void claimsNoMoreThanWasTested() {
        LeakSection.Behind rows = new LeakSection.Behind(false, true, List.of());
        String words = Pages.words(new TrustPart(Runs.binary(), rows).html());
        assertTrue(words.contains("No leak was found in its rows; what it reads was not tested."), words);
        assertTrue(words(Runs.binary()).contains("No leak was found, neither in its rows nor in what it reads."));
    }

    @Test
    void saysThatNoLeakWasFound() {
        String page = Report.html(run(Leaks.NONE, Runs.binary()));
        assertTrue(Pages.words(Pages.section(page, "leaks")).contains("Leaks were looked for, and none was found."));
        assertTrue(Pages.words(Pages.section(page, "model-1"))
                .contains("No leak was found in what it reads; its rows were not tested."));
        assertEquals(1, page.split("id=\"leaks\"", -1).length - 1);
    }
}
