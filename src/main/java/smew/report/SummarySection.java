package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Card;
import smew.project.Relation;
import smew.release.Manifest;

/** What an analyst reads first: is the model worth anything, did the checks pass, how many rows are there. */
final class SummarySection {

    private final ReportedRun run;

    SummarySection(ReportedRun run) {
        this.run = run;
    }

    Html html() {
        List<Html> content = new ArrayList<>();
        content.add(checks());
        new LeakSection(run).summary().ifPresent(content::add);
        if (run.cards().isEmpty()) {
            content.add(Part.paragraph("No model was trained in this run: it made features only."));
        } else {
            content.add(models());
            content.add(Part.note("The baseline is the trivial model: it knows how often each label occurs, or the mean"
                    + " label, and no input."));
            List<Html> sentences = new ArrayList<>();
            run.cards().forEach(card -> sentences.add(element("li", sentence(card))));
            content.add(element("ul", sentences));
        }
        content.add(views());
        return Part.section("summary", "Summary", content);
    }

    private Html checks() {
        if (run.manifest().checks().isEmpty()) {
            return Part.paragraph("Checks: this project has none.");
        }
        long passed = run.checks(true, "");
        long failed = run.checks(false, "error");
        long warned = run.checks(false, "warn");
        return element(
                "p",
                text("Checks: "),
                element("strong", passed + " passed").as(passed > 0 ? "better" : "open"),
                text(", "),
                element("strong", failed + " failed").as(failed > 0 ? "worse" : "open"),
                text(", "),
                element("strong", warned + " warned").as(warned > 0 ? "warn" : "open"),
                text("."));
    }

    private Html models() {
        boolean intervals = run.cards().stream()
                .anyMatch(card -> card.metrics().uncertainty().isPresent());
        Grid grid = new Grid("Models, on held-out rows that training never saw")
                .words("Model", "Figure")
                .numbers("This model");
        if (intervals) {
            grid.numbers("95\u00A0% interval");
        }
        grid.numbers("Baseline").words("Against the baseline").numbers("Held-out rows");
        for (Card card : run.cards()) {
            for (Metric metric : Metric.first(card)) {
                String key = metric.key();
                List<Html> cells = new ArrayList<>();
                cells.add(Html.code(card.name()));
                cells.add(text(Metric.title(key)));
                cells.add(text(Figures.number(card.metrics().figures().getOrDefault(key, Double.NaN))));
                if (intervals) {
                    cells.add(text(
                            Metric.interval(card, key).map(Figures::interval).orElse(Figures.NONE)));
                }
                cells.add(text(Metric.baseline(card, key).map(Figures::number).orElse(Figures.NONE)));
                cells.add(element("td", Metric.verdict(card, key).html()).as("verdict"));
                cells.add(text(Figures.count(card.rows().heldOut())));
                grid.row(cells.toArray(Html[]::new));
            }
        }
        return grid.html();
    }

    /** One model in plain words. */
    private static List<Html> sentence(Card card) {
        List<Html> words =
                new ArrayList<>(List.of(Html.code(card.name()), text(" predicts "), Html.code(card.label())));
        Map<String, Double> figures = card.metrics().figures();
        if (card.task() == Relation.Task.REGRESSION) {
            words.add(text(regression(figures)));
        } else if (card.positive().isEmpty()) {
            words.add(text(" (" + card.classes().size() + " classes) and names the right class for "
                    + Figures.percent(figures.getOrDefault("accuracy", Double.NaN)) + " of held-out rows."));
        } else {
            words.add(text(" = "));
            words.add(Html.code(card.positive().get()));
            words.add(text(". "));
            Decision.of(card).ifPresent(made -> words.add(text(binary(card, made))));
        }
        Judgement.of(card).ifPresent(judgement -> {
            words.add(text(" "));
            words.add(judgement.words());
            words.add(text("."));
        });
        return words;
    }

    private static String regression(Map<String, Double> figures) {
        return ", on held-out rows off by " + Figures.number(figures.getOrDefault("mae", Double.NaN)) + " on average"
                + Optional.ofNullable(figures.get("r2"))
                        .map(explained -> explained > 0
                                ? ", and explains " + Figures.percent(explained) + " of its variation."
                                : ", and explains nothing of its variation.")
                        .orElse(".");
    }

    private static String binary(Card card, Decision made) {
        String threshold = card.threshold().isPresent()
                ? " It says so from a probability of " + Figures.number(Decision.threshold(card)) + " on."
                : " It says so where the probability is above one half: for a rare class, rank by probability instead, or"
                        + " choose a threshold.";
        return "Of the " + Figures.count(made.positive(), "held-out row") + " where that is so, it says so for "
                + Figures.count(made.hits()) + " (" + Figures.percent(made.hits(), made.positive())
                + "). It says so for " + Figures.count(made.called(), "row")
                + (made.called() == 0 ? "" : " and is right about " + Figures.count(made.hits())) + "." + threshold;
    }

    private Html views() {
        Grid grid = new Grid("Feature views").words("Feature view").numbers("Rows", "Entities", "Ties", "Columns");
        for (Manifest.View view : run.manifest().views()) {
            grid.named(
                    view.name(),
                    Figures.count(view.rows()),
                    Figures.count(view.entities()),
                    Figures.count(view.ties()),
                    Figures.count(view.columns().size()));
        }
        return grid.html();
    }
}
