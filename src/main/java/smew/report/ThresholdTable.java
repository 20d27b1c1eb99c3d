package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import smew.model.Card;
import smew.model.Curves;
import smew.report.Html.Element;

/** What follows from each threshold: how many rows are called positive, and how right that is. The chosen one is marked. */
final class ThresholdTable {

    /** Shares of rows called positive that people ask for. */
    private static final List<Double> CALLED =
            List.of(0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0);

    private final Card card;
    private final List<Curves.Step> steps;

    ThresholdTable(Card card) {
        this.card = card;
        steps = card.metrics()
                .curves()
                .flatMap(Curves::ranking)
                .map(Curves.Ranking::steps)
                .orElse(List.of());
    }

    /** One row, in the order of the thresholds. */
    private record Line(Curves.Step step, boolean chosen) {}

    /** Empty without a curve and without a decision. */
    List<Html> html() {
        List<Line> lines = lines();
        if (lines.isEmpty()) {
            return List.of();
        }
        Grid grid = new Grid("Thresholds, on held-out rows")
                .numbers("Threshold", "Called positive", "Precision", "Recall", "F1", "False alarms")
                .words("");
        for (Line line : lines) {
            Curves.Step step = line.step();
            boolean called = step.called() > 0;
            grid.row(
                    text(Figures.number(step.threshold())),
                    text(Figures.percent(step.called())),
                    text(called ? Figures.percent(step.precision()) : Figures.NONE),
                    text(Figures.percent(step.recall())),
                    text(Figures.percent(f1(step))),
                    text(Figures.percent(step.falseAlarms())),
                    line.chosen() ? element("td", chosen()).as("prose") : text(""));
        }
        return List.of(
                grid.html(),
                Part.note(
                        "Precision: of the rows called positive, the share that are. Recall: of the positive rows, the"
                                + " share called so. False alarms: of the negative rows, the share called positive."));
    }

    private Element chosen() {
        return element("strong", "◆ in use: " + Decision.rule(card));
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Decision.of(card)
                .ifPresent(made -> lines.add(new Line(
                        new Curves.Step(
                                Decision.threshold(card),
                                made.calledShare(),
                                made.recall(),
                                made.falseAlarms(),
                                made.precision()),
                        true)));
        CALLED.stream()
                .flatMap(share -> steps.stream()
                        .filter(step -> step.called() > 0)
                        .min(Comparator.comparingDouble(step -> Math.abs(step.called() - share)))
                        .stream())
                .distinct()
                .filter(step -> lines.stream().noneMatch(line -> line.step().threshold() == step.threshold()))
                .forEach(step -> lines.add(new Line(step, false)));
        lines.sort(Comparator.comparingDouble(line -> -line.step().threshold()));
        return lines;
    }

    private static double f1(Curves.Step step) {
        double sum = step.precision() + step.recall();
        return step.called() > 0 && sum > 0 ? 2 * step.precision() * step.recall() / sum : 0;
    }
}
