package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Card;
import smew.model.Comparison;
import smew.model.Interval;
import smew.model.Uncertainty;
import smew.project.Relation;

/** The figures of a model: beside the trivial model's, beside the replaced one's, and over folds. */
final class FigureTables {

    private final Card card;
    private final Optional<Comparison> previous;

    FigureTables(Card card) {
        this.card = card;
        previous = card.metrics().previous();
    }

    List<Html> figures() {
        boolean intervals = card.metrics().uncertainty().isPresent();
        Grid grid = new Grid("On " + Figures.count(card.rows().heldOut(), "held-out row") + ", as they are")
                .words("Figure")
                .numbers("This model");
        if (intervals) {
            grid.numbers("95\u00A0% interval");
        }
        grid.numbers("Baseline");
        if (previous.isPresent()) {
            grid.numbers("Replaced model");
        }
        grid.words("Against the baseline");
        Map<String, Html> meanings = new LinkedHashMap<>();
        card.metrics().figures().forEach((key, figure) -> {
            List<Html> cells = new ArrayList<>();
            cells.add(text(Metric.title(key)));
            cells.add(text(Figures.number(figure)));
            if (intervals) {
                cells.add(text(interval(Metric.interval(card, key))));
            }
            cells.add(text(number(Metric.baseline(card, key))));
            previous.ifPresent(older ->
                    cells.add(text(number(Optional.ofNullable(older.figures().get(key))))));
            cells.add(element("td", Metric.verdict(card, key).html()).as("verdict"));
            Metric.of(key).ifPresent(metric -> meanings.put(Metric.title(key), text(metric.meaning())));
            grid.row(cells.toArray(Html[]::new));
        });
        String trivial = card.task() == Relation.Task.REGRESSION
                ? "the mean label of training rows"
                : "the shares of the classes among training rows";
        return List.of(
                grid.html(),
                Part.note("The baseline is the trivial model, which answers every row with " + trivial + "."
                        + (intervals ? " Where an interval holds the baseline, the difference may be chance." : "")),
                Part.facts(meanings).as("meanings"));
    }

    private static String number(Optional<Double> figure) {
        return figure.map(Figures::number).orElse(Figures.NONE);
    }

    private static String interval(Optional<Interval> interval) {
        return interval.map(Figures::interval).orElse(Figures.NONE);
    }

    /** The model of the release that this one replaces; empty where there was none. */
    List<Html> comparison() {
        return previous.map(this::comparison).orElse(List.of());
    }

    private List<Html> comparison(Comparison older) {
        Grid grid = new Grid("Beside the model it replaces, on the same held-out rows")
                .words("Figure")
                .numbers("This model", "Replaced model", "Difference, 95\u00A0% interval")
                .words("Each on its own scale, dashed at 0", "Against the replaced model");
        older.differences().forEach((key, interval) -> {
            double figure = card.metrics().figures().getOrDefault(key, Double.NaN);
            double before = older.figures().getOrDefault(key, Double.NaN);
            double difference = figure - before;
            grid.row(
                    text(Metric.title(key)),
                    text(Figures.number(figure)),
                    text(Figures.number(before)),
                    text(Figures.interval(interval)),
                    Gauge.around(Optional.of(0.0), interval.low(), interval.high(), difference)
                            .cell(difference, Optional.of(interval)),
                    element(
                                    "td",
                                    Verdict.difference(Metric.better(key), difference, interval)
                                            .html())
                            .as("verdict"));
        });
        List<Html> content = new ArrayList<>();
        content.add(element(
                "p", text("It would replace the model of release "), Html.code(older.release()), text(seen(older))));
        if (!older.differences().isEmpty()) {
            content.add(grid.html());
        }
        return content;
    }

    private static String seen(Comparison older) {
        return older.heldOutAlike()
                ? ", which has learned from none of these held-out entities."
                : ". The older model was split in another way and may have learned from these entities, which flatters it.";
    }

    /** Empty where no folds were made. */
    List<Html> folds() {
        return card.metrics()
                .uncertainty()
                .flatMap(Uncertainty::crossValidation)
                .map(this::folds)
                .orElse(List.of());
    }

    private List<Html> folds(Uncertainty.CrossValidation folds) {
        Grid grid = new Grid("Cross-validation, " + Figures.count(folds.folds(), "fold"))
                .words("Figure")
                .numbers("Held out once", "Mean over folds", "Standard error");
        folds.mean()
                .forEach((key, mean) -> grid.row(
                        Metric.title(key),
                        number(Optional.ofNullable(card.metrics().figures().get(key))),
                        Figures.number(mean),
                        number(Optional.ofNullable(folds.standardError().get(key)))));
        return List.of(
                grid.html(),
                Part.note(
                        "As many models, each evaluated on the fold that it did not learn from, parted by the same rule"
                                + " as the held-out rows. A mean far from the first column means that the split was lucky, or"
                                + " unlucky."));
    }
}
