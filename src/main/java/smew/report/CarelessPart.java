package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Audit;
import smew.model.Card;
import smew.project.Relation;

/** What a careless protocol would have printed, beside the honest figures, and why it is worth nothing. */
final class CarelessPart {

    private final Card card;
    private final Audit audit;

    CarelessPart(Card card, Audit audit) {
        this.card = card;
        this.audit = audit;
    }

    List<Html> html() {
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
        List<Html> trivial = new ArrayList<>();
        trivial.add(text("The trivial model, on the same rows"));
        shown.forEach(metric -> trivial.add(
                text(Metric.baseline(card, metric.key()).map(Figures::number).orElse(Figures.NONE))));
        grid.row(trivial.toArray(Html[]::new));
        String joint = "Careless: ";
        for (Audit.Step step : careless.steps()) {
            List<Html> cells = new ArrayList<>();
            cells.add(text(joint + step.mistake()));
            shown.forEach(metric -> cells.add(text(number(step.figures(), metric))));
            grid.row(cells.toArray(Html[]::new));
            joint = "… and ";
        }
        content.add(inflation(careless));
        content.add(grid.html("protocols"));
        content.add(
                Part.note("Each line scores what its own protocol held out, of " + Figures.count(careless.rows(), "row")
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
                .map(metric -> metric.word() + " " + number(careless.figures(), metric))
                .reduce((one, other) -> one + " and " + other)
                .orElse("other figures");
        return Part.paragraph("It would have printed " + printed + ". "
                + (inflated(careless)
                        ? "That is no better model: the same algorithm was asked about rows that it had met before. It"
                                + " remembers nothing of new ones, so that in use the honest figure will be seen: "
                                + Metric.head(card)
                                        .map(metric -> metric.word() + " " + honest(metric))
                                        .orElse("") + "."
                        : "Here the mistakes change little."));
    }

    /** Whether the careless figure is better than the honest one by more than chance. */
    private boolean inflated(Audit.Careless careless) {
        return Metric.head(card)
                .filter(metric -> careless.figures().containsKey(metric.key()))
                .filter(metric -> {
                    String key = metric.key();
                    double figure = careless.figures().getOrDefault(key, Double.NaN);
                    Optional<Double> honest =
                            Optional.ofNullable(card.metrics().figures().get(key));
                    boolean better = Verdict.against(Metric.better(key), figure, Optional.empty(), honest, "")
                                    .kind()
                            == Verdict.Kind.BETTER;
                    return better
                            && Metric.interval(card, key)
                                    .filter(range -> range.holds(figure))
                                    .isEmpty();
                })
                .isPresent();
    }
}
