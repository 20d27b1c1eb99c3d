package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Audit;
import smew.model.Card;
import smew.model.Interval;
import smew.project.Relation;
import smew.report.Html.Element;

/** Whether the numbers of a model can be trusted: beside chance, by protocol, beside what carelessness would have printed. */
final class TrustPart {

    private static final String WORTHLESS = " Nobody should act on its predictions.";

    private final Card card;
    private final Optional<List<ReportedLeaks.Leak>> leaks;

    /**
     * That of a model.
     *
     * @param leaks in all that it reads; empty where they were not looked for
     */
    TrustPart(Card card, Optional<List<ReportedLeaks.Leak>> leaks) {
        this.card = card;
        this.leaks = leaks;
    }

    List<Html> html() {
        List<Html> content = new ArrayList<>();
        verdict(card).ifPresent(verdict -> content.add(verdict.box()));
        content.addAll(leaks());
        content.add(element("ul", protocol()));
        card.audit().ifPresent(audit -> content.addAll(careless(audit)));
        return content;
    }

    /** Whether a model beats chance, in words. */
    record Judgement(Verdict.Kind kind, String headline, String reason) {

        Element box() {
            return element("p", element("strong", headline + ".").as(style()), text(" " + reason))
                    .as("judgement");
        }

        /** The headline alone, for a list. */
        Element words() {
            return element("strong", headline).as(style());
        }

        private String style() {
            return switch (kind) {
                case BETTER -> "better";
                case SAME -> "warn";
                case WORSE -> "worse";
                case OPEN -> "open";
            };
        }
    }

    /** Empty where a card has no figure that a trivial model can be compared by. */
    static Optional<Judgement> verdict(Card card) {
        return Metric.head(card).flatMap(metric -> {
            // The mean of training rows is never quite that of held-out rows: the trivial R² is a little below 0.
            Optional<Double> worthless =
                    metric == Metric.R2 ? Optional.of(0.0) : Metric.baseline(card, metric.key());
            return worthless.map(baseline -> verdict(card, metric, baseline));
        });
    }

    private static Judgement verdict(Card card, Metric metric, double baseline) {
        String key = metric.key();
        double figure = card.metrics().figures().getOrDefault(key, Double.NaN);
        String trivial = Metric.trivial(card, key);
        String measured = Metric.title(key) + " on held-out rows is " + Figures.number(figure);
        String scores = Figures.number(baseline) + ", which is what " + trivial + " scores";
        Optional<Interval> interval = Metric.interval(card, key);
        if (interval.isEmpty()) {
            return new Judgement(
                    Verdict.Kind.OPEN,
                    "How much of it is chance is not known",
                    measured + ", beside " + scores + ". No interval was measured.");
        }
        String range = measured + ", and its 95\u00A0% interval, " + Figures.interval(interval.get());
        String lies = (figure > baseline ? ", lies above " : ", lies below ") + scores + ".";
        Verdict verdict = Verdict.against(Metric.better(key), figure, interval, Optional.of(baseline), trivial);
        return switch (verdict.kind()) {
            case BETTER -> new Judgement(verdict.kind(), "Better than " + trivial, range + lies);
            case WORSE -> new Judgement(verdict.kind(), "Worse than " + trivial, range + lies + WORTHLESS);
            case SAME, OPEN ->
                new Judgement(
                        Verdict.Kind.SAME, "No better than " + trivial, range + ", holds " + scores + "." + WORTHLESS);
        };
    }

    private List<Html> leaks() {
        if (leaks.isEmpty()) {
            return List.of(Part.paragraph("Leaks were not looked for in this run."));
        }
        List<ReportedLeaks.Leak> open =
                leaks.get().stream().filter(ReportedLeaks.Leak::open).toList();
        List<Html> words = new ArrayList<>();
        if (open.isEmpty()) {
            words.add(text("No leak was found in what it reads."));
        } else {
            words.add(element("strong", Figures.count(open.size(), "leak") + " in what it reads").as("worse"));
            words.add(text(": "));
            words.add(Part.names(open.stream()
                    .map(leak -> leak.relation()
                            + leak.column().map(name -> "." + name).orElse(""))
                    .distinct()
                    .toList()));
            words.add(text(". Its figures may be too good. "));
        }
        words.add(element("a", "All leak tests").with("href", "#" + LeakSection.ID));
        return List.of(element("p", words));
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
                        "Intervals: " + Figures.count(known.entities(), card.entity().isEmpty() ? "row" : "entity")
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
                "Held out: the latest " + rows + ". The model is asked about times after those it learned from, as it will"
                        + " be in use; an entity may be on both sides, as it will be in use, too.";
            case RANDOM ->
                "Held out: " + rows + " at random."
                        + (card.entity().isEmpty()
                                ? ""
                                : " Where an entity has several rows, some may be learned from and others held out, which"
                                        + " flatters the figures: @split entity keeps them together.");
            case GIVEN ->
                "Held out: " + rows + " that came as a set of their own. What they have in common with training rows, their"
                        + " sender knows.";
        };
    }

    private List<Html> careless(Audit audit) {
        List<Html> content = new ArrayList<>();
        content.add(element("h4", "What a careless protocol would have printed"));
        if (audit.careless().isEmpty()) {
            content.add(Part.paragraph("None of the usual mistakes could be made with these rows."));
            return content;
        }
        Audit.Careless careless = audit.careless().get();
        List<Metric> shown = Metric.beside(card).stream()
                .filter(metric -> careless.figures().containsKey(metric.key()))
                .toList();
        Grid grid = new Grid("The same algorithm on the same data, with one mistake after the other").words("Protocol");
        shown.forEach(metric -> grid.numbers(Metric.title(metric.key())));
        List<Html> honest = new ArrayList<>();
        honest.add(element("strong", "Honest: as this report has it"));
        shown.forEach(metric -> honest.add(element(
                "td",
                text(number(card.metrics().figures(), metric)),
                element(
                        "small",
                        Metric.interval(card, metric.key())
                                .map(Figures::interval)
                                .orElse("")))));
        grid.row(honest.toArray(Html[]::new));
        String joint = "Careless: ";
        for (Audit.Step step : careless.steps()) {
            List<Html> cells = new ArrayList<>();
            cells.add(text(joint + step.mistake()));
            shown.forEach(metric ->
                    cells.add(text(number(step.figures(), metric))));
            grid.row(cells.toArray(Html[]::new));
            joint = "… and ";
        }
        content.add(inflation(careless));
        content.add(grid.html("protocols"));
        content.add(Part.note("Each line scores what its own protocol held out, of " + Figures.count(careless.rows(), "row")
                + "."
                + (card.task() == Relation.Task.CLASSIFICATION
                        ? " Where rare classes were filled up, those rows have other shares of classes, on which guessing has"
                                + " another accuracy: ROC AUC compares."
                        : "")));
        return content;
    }

    private static String number(Map<String, Double> figures, Metric metric) {
        return Figures.number(figures.getOrDefault(metric.key(), Double.NaN));
    }

    private String honest(Metric metric) {
        return number(card.metrics().figures(), metric)
                + Metric.interval(card, metric.key())
                        .map(interval -> " (" + Figures.interval(interval) + ")")
                        .orElse("");
    }

    /** Names both scores, and says why the second one is worth nothing. */
    private Html inflation(Audit.Careless careless) {
        List<Metric> told = Metric.beside(card).stream()
                .filter(metric -> careless.figures().containsKey(metric.key()))
                .limit(2)
                .toList();
        String printed = told.stream()
                .map(metric -> metric.word() + " "
                        + number(careless.figures(), metric))
                .reduce((one, other) -> one + " and " + other)
                .orElse("other figures");
        return Part.paragraph(
                "It would have printed " + printed + ". "
                        + (inflated(careless)
                                ? "That is no better model: it is the same one, asked about rows that it has met before. It"
                                        + " remembers nothing of new ones, so that in use the honest figure will be seen: "
                                        + Metric.head(card).map(metric -> metric.word() + " " + honest(metric)).orElse("") + "."
                                : "Here the mistakes change little."));
    }

    /** Whether the careless figure is better than the honest one by more than chance. */
    private boolean inflated(Audit.Careless careless) {
        return Metric.head(card)
                .filter(metric -> careless.figures().containsKey(metric.key()))
                .filter(metric -> {
                    String key = metric.key();
                    double figure = careless.figures().get(key);
                    Optional<Double> honest =
                            Optional.ofNullable(card.metrics().figures().get(key));
                    boolean better = Verdict.against(Metric.better(key), figure, Optional.empty(), honest, "").kind()
                            == Verdict.Kind.BETTER;
                    return better && Metric.interval(card, key).filter(range -> range.holds(figure)).isEmpty();
                })
                .isPresent();
    }
}
