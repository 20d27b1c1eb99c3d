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
        Grid grid = new Grid("Models, on held-out rows that training never saw")
                .words("Model", "Figure")
                .numbers("This model", "Baseline")
                .words("Against the baseline")
                .numbers("Held-out rows");
        for (Card card : run.cards()) {
            for (Metric metric : Metric.first(card)) {
                double figure = card.metrics().figures().getOrDefault(metric.key(), Double.NaN);
                Optional<Double> baseline = Metric.baseline(card, metric.key());
                grid.row(
                        Html.code(card.name()),
                        text(Metric.title(metric.key())),
                        text(Figures.number(figure)),
                        text(baseline.map(Figures::number).orElse(Figures.NONE)),
                        Metric.verdict(card, metric.key()).html(figure, baseline),
                        text(Figures.count(card.rows().heldOut())));
            }
        }
        return grid.html();
    }

    /** One model in plain words. */
    private static List<Html> sentence(Card card) {
        List<Html> words =
                new ArrayList<>(List.of(Html.code(card.name()), text(" predicts "), Html.code(card.label())));
        if (card.task() == Relation.Task.REGRESSION) {
            words.add(text(regression(card.metrics().figures())));
        } else if (card.positive().isEmpty()) {
            words.add(text(" (" + card.classes().size() + " classes) and names the right class for "
                    + Figures.percent(card.metrics().figures().getOrDefault("accuracy", Double.NaN))
                    + " of held-out rows."));
        } else {
            words.addAll(binary(card, card.positive().get()));
        }
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

    private static List<Html> binary(Card card, String positive) {
        int class1 = card.classes().indexOf(positive);
        List<List<Long>> confusion = card.metrics().confusion();
        long hits = confusion.get(class1).get(class1);
        long real = confusion.get(class1).stream().mapToLong(Long::longValue).sum();
        long called = confusion.stream().mapToLong(row -> row.get(class1)).sum();
        return List.of(
                text(" = "),
                Html.code(positive),
                text(". Of the " + Figures.count(real, "held-out row") + " where that is so, it says so for "
                        + Figures.count(hits) + " (" + Figures.percent(hits, real) + "). It says so for "
                        + Figures.count(called, "row")
                        + (called == 0 ? "" : " and is right about " + Figures.count(hits)) + ". It says so where the"
                        + " probability is above one half: for a rare class, rank by probability instead."));
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
