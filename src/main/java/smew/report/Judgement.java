package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.Optional;
import smew.model.Card;
import smew.model.Interval;
import smew.report.Html.Element;

/** Whether a model beats chance, in words that nobody can misread. */
record Judgement(Verdict.Kind kind, String headline, String reason) {

    private static final double LITTLE = 0.05;

    private static final String WORTHLESS = " Nobody should act on its predictions.";

    /** Empty where a card has no figure that a trivial model can be compared by. */
    static Optional<Judgement> of(Card card) {
        return Metric.head(card).flatMap(metric -> {
            // The mean of training rows is never quite that of held-out rows: the trivial R² is a little below 0.
            Optional<Double> worthless = metric == Metric.R2 ? Optional.of(0.0) : Metric.baseline(card, metric.key());
            return worthless.map(baseline -> of(card, metric, baseline));
        });
    }

    private static Judgement of(Card card, Metric metric, double baseline) {
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
            case BETTER ->
                hardly(metric, figure)
                        ? new Judgement(
                                Verdict.Kind.SAME,
                                "Hardly better than " + trivial,
                                range + lies + " The difference is real, and too small to be of use.")
                        : new Judgement(verdict.kind(), "Better than " + trivial, range + lies);
            case WORSE -> new Judgement(verdict.kind(), "Worse than " + trivial, range + lies + WORTHLESS);
            case SAME, OPEN ->
                new Judgement(
                        Verdict.Kind.SAME, "No better than " + trivial, range + ", holds " + scores + "." + WORTHLESS);
        };
    }

    /** Of many rows even next to nothing is more than chance. */
    private static boolean hardly(Metric metric, double figure) {
        return (metric == Metric.AUC && figure < 0.5 + LITTLE) || (metric == Metric.R2 && figure < LITTLE);
    }

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
