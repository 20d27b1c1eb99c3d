package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import smew.model.Calibration;
import smew.model.Card;
import smew.project.Leak;

/** Whether the numbers of a model can be trusted: what chance does, what leaks, by which protocol, what carelessness prints. */
final class TrustPart {

    private final Card card;
    private final LeakSection.Behind leaks;

    /**
     * That of a model.
     *
     * @param leaks that were looked for in it and in what it reads
     */
    TrustPart(Card card, LeakSection.Behind leaks) {
        this.card = card;
        this.leaks = leaks;
    }

    List<Html> html() {
        List<Html> content = new ArrayList<>();
        Judgement.of(card).ifPresent(judgement -> content.add(judgement.box()));
        content.add(leaks());
        content.add(element("ul", protocol()));
        card.audit().ifPresent(audit -> content.addAll(new CarelessPart(card, audit).html()));
        return content;
    }

    private Html leaks() {
        if (!leaks.views() && !leaks.rows()) {
            return Part.paragraph("Leaks were not looked for in this run.");
        }
        List<Html> words = new ArrayList<>();
        if (!leaks.open().isEmpty()) {
            words.add(element("strong", Figures.count(leaks.open().size(), "leak") + " in what it reads")
                    .as("worse"));
            words.add(text(": "));
            words.add(
                    Part.names(leaks.open().stream().map(Leak::where).distinct().toList()));
            words.add(text(". Its figures may be too good. "));
        } else if (leaks.views() && leaks.rows()) {
            words.add(text("No leak was found, neither in its rows nor in what it reads. "));
        } else {
            words.add(text(
                    leaks.rows()
                            ? "No leak was found in its rows; what it reads was not tested. "
                            : "No leak was found in what it reads; its rows were not tested. "));
        }
        words.add(element("a", "All leak tests").with("href", "#" + LeakSection.ID));
        return element("p", words);
    }

    private List<Html> protocol() {
        List<Html> protocol = new ArrayList<>();
        protocol.add(element("li", heldOut()));
        protocol.add(element(
                "li",
                "Nothing was learned from held-out rows: replacements of nulls, levels of categories"
                        + (card.resample().equals("none") ? "" : ", resampling (" + card.resample() + ")")
                        + " and the model come from training rows"
                        + (card.search().isPresent() ? "; candidates were compared on folds of those." : ".")));
        card.calibration()
                .filter(calibration -> calibration.method() != Calibration.Method.NONE)
                .ifPresent(calibration -> protocol.add(element(
                        "li",
                        "Probabilities were corrected on " + Figures.count(calibration.rows(), "row")
                                + " of their own, neither trained on nor held out.")));
        card.threshold()
                .filter(threshold -> threshold.rows() > 0)
                .ifPresent(threshold -> protocol.add(element(
                        "li",
                        "The threshold, " + Figures.number(threshold.value()) + ", was chosen on "
                                + Figures.count(threshold.rows(), "row") + " that are not held out.")));
        card.metrics()
                .uncertainty()
                .ifPresent(known -> protocol.add(element(
                        "li",
                        "Intervals: "
                                + Figures.count(known.entities(), card.entity().isEmpty() ? "row" : "entity")
                                + " held out were drawn anew " + Figures.count(known.resamples())
                                + " times, with replacement"
                                + (card.entity().isEmpty() ? "." : ": whole entities, as their rows are alike."))));
        return protocol;
    }

    private String heldOut() {
        String rows = Figures.count(card.rows().heldOut(), "row");
        return switch (card.split().by()) {
            case ENTITY ->
                "Held out: " + rows + " of whole entities. The model has seen no row of any of them, so that it cannot"
                        + " know them by heart.";
            case TIME ->
                "Held out: the latest " + rows
                        + ". The model is asked about times after those it learned from, as it will"
                        + " be in use; an entity may be on both sides, as it will be in use, too.";
            case RANDOM ->
                "Held out: " + rows + " at random."
                        + (card.entity().isEmpty()
                                ? ""
                                : " Where an entity has several rows, some may be learned from and others held out, which"
                                        + " flatters the figures: @split entity keeps them together.");
            case GIVEN ->
                "Held out: " + rows
                        + " that came as a set of their own. What they have in common with training rows, their"
                        + " sender knows.";
        };
    }
}
