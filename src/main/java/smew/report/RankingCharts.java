package smew.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import smew.model.Card;
import smew.model.Curves;
import smew.report.Mark.Ink;
import smew.report.Mark.Side;
import smew.report.Mark.Spot;

/** ROC, precision and recall, gain and lift: what follows from where the line between two classes is drawn. */
final class RankingCharts {

    /** Fewer rows than these tell nothing of a share among them. */
    private static final long STEADY_ROWS = 20;

    private static final long STEADY_PART = 50;
    private static final int HEIGHT = 220;
    private static final int TABLE_ROWS = 25;
    private static final double TOP = 0.1;

    private final Card card;
    private final String id;
    private final List<Curves.Step> steps;
    private final Optional<Decision> decision;

    /**
     * Those of a card.
     *
     * @param id what the ids of the charts begin with
     */
    RankingCharts(Card card, String id) {
        this.card = card;
        this.id = id;
        steps = card.metrics()
                .curves()
                .flatMap(Curves::ranking)
                .map(Curves.Ranking::steps)
                .orElse(List.of());
        decision = Decision.of(card).filter(made -> made.called() > 0);
    }

    List<Chart> charts() {
        if (steps.size() < 2 || steady().isEmpty()) {
            return List.of();
        }
        return List.of(roc(), precision(), gain(), lift());
    }

    private Chart roc() {
        Panel panel = new Panel(Axis.of("Recall: positive rows called positive", Scale.SHARE), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(0, 0), new Spot(1, 1)), Ink.GUIDE))
                .with(new Mark.Line(spots(steps, Curves.Step::falseAlarms, Curves.Step::recall), Ink.MAIN))
                .with(new Mark.Words(new Spot(0.68, 0.68), Side.RIGHT_BELOW, "guessing"))
                .with(new Mark.Words(new Spot(1, 0), Side.LEFT_ABOVE, "AUC " + figure(Metric.AUC)));
        decision.ifPresent(made -> chosen(panel, new Spot(made.falseAlarms(), made.recall()), Side.RIGHT_BELOW));
        String caption = "Area under the curve: " + figure(Metric.AUC)
                + ". Guessing is the diagonal, 0.5; a perfect ranking goes through the upper left corner.";
        return new Chart(
                id + "-roc",
                "ROC curve",
                caption,
                new Drawing("ROC curve", caption, Axis.of("False alarms: negative rows called positive", Scale.SHARE))
                        .with(panel),
                table("ROC curve", "False alarms", Curves.Step::falseAlarms, "Recall", Curves.Step::recall));
    }

    private Chart precision() {
        List<Curves.Step> drawn = steady();
        double base = base();
        double most = drawn.stream().mapToDouble(Curves.Step::precision).max().orElse(1);
        Scale scale = most > 0.5 ? Scale.SHARE : Scale.around(5, 0, most, base);
        List<Spot> line = new ArrayList<>();
        line.add(new Spot(0, drawn.getFirst().precision()));
        for (Curves.Step step : drawn) {
            // Level lines: average precision is the area under these, not under slanted ones.
            line.add(new Spot(line.getLast().x(), step.precision()));
            line.add(new Spot(step.recall(), step.precision()));
        }
        Panel panel = new Panel(Axis.of("Precision: called rows that are positive", scale), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(0, base), new Spot(1, base)), Ink.GUIDE))
                .with(new Mark.Line(line, Ink.MAIN))
                .with(new Mark.Words(
                        new Spot(0, base),
                        scale.place(base) > 0.15 ? Side.RIGHT_BELOW : Side.RIGHT_ABOVE,
                        "guessing: " + Figures.number(base)));
        decision.ifPresent(made -> chosen(panel, new Spot(made.recall(), made.precision()), Side.RIGHT_ABOVE));
        String caption = (has(Metric.PR_AUC) ? "Average precision: " + figure(Metric.PR_AUC) + ". " : "")
                + "Guessing is the dashed line, the share of positive rows, " + Figures.number(base) + "."
                + beginning(drawn);
        return new Chart(
                id + "-precision",
                "Precision and recall",
                caption,
                new Drawing(
                                "Precision and recall",
                                caption,
                                Axis.of("Recall: positive rows called positive", Scale.SHARE))
                        .with(panel),
                table("Precision and recall", "Recall", Curves.Step::recall, "Precision", Curves.Step::precision));
    }

    private Chart gain() {
        Curves.Step top = nearest(TOP);
        Panel panel = new Panel(Axis.percent("Positive rows found", Scale.PERCENT), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(0, 0), new Spot(100, 100)), Ink.GUIDE))
                .with(new Mark.Line(spots(steps, step -> 100 * step.called(), step -> 100 * step.recall()), Ink.MAIN))
                .with(new Mark.Words(new Spot(68, 68), Side.RIGHT_BELOW, "at random"));
        decision.ifPresent(
                made -> chosen(panel, new Spot(100 * made.calledShare(), 100 * made.recall()), Side.RIGHT_BELOW));
        String caption = "The " + Figures.percent(top.called()) + " of rows ranked first hold "
                + Figures.percent(top.recall()) + " of all positive rows.";
        return new Chart(
                id + "-gain",
                "Gain",
                caption,
                new Drawing("Gain", caption, Axis.percent("Rows called positive, ranked first", Scale.PERCENT))
                        .with(panel),
                table("Gain", "Rows called", Curves.Step::called, "Positive rows found", Curves.Step::recall));
    }

    private Chart lift() {
        List<Curves.Step> drawn = steady();
        Curves.Step top = nearest(TOP);
        double most = drawn.stream().mapToDouble(RankingCharts::lift).max().orElse(1);
        Panel panel = new Panel(
                        Axis.of("Times as many positive rows as at random", Scale.around(5, 0, most, 1)), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(0, 1), new Spot(100, 1)), Ink.GUIDE))
                .with(new Mark.Line(spots(drawn, step -> 100 * step.called(), RankingCharts::lift), Ink.MAIN))
                .with(new Mark.Words(new Spot(0, 1), Side.RIGHT_BELOW, "at random: 1"));
        String caption = "Among the " + Figures.percent(top.called()) + " of rows ranked first, positive ones are "
                + Figures.number(lift(top)) + " times as common as among all." + beginning(drawn);
        return new Chart(
                id + "-lift",
                "Lift",
                caption,
                new Drawing("Lift", caption, Axis.percent("Rows called positive, ranked first", Scale.PERCENT))
                        .with(panel),
                table("Lift", "Rows called", Curves.Step::called, "Lift", RankingCharts::lift));
    }

    private void chosen(Panel panel, Spot spot, Side side) {
        panel.with(new Mark.Dots(List.of(spot), Ink.CHOSEN))
                .with(new Mark.Words(spot, side, "threshold " + Figures.number(Decision.threshold(card))));
    }

    private boolean has(Metric metric) {
        return card.metrics().figures().containsKey(metric.key());
    }

    /** Such as {@code 0.7604 (0.741 to 0.779)}. */
    private String figure(Metric metric) {
        double figure = card.metrics().figures().getOrDefault(metric.key(), Double.NaN);
        return Figures.number(figure)
                + Metric.interval(card, metric.key())
                        .map(interval -> " (" + Figures.interval(interval) + ")")
                        .orElse("");
    }

    /** What calling every row scores. */
    private double base() {
        return steps.getLast().precision();
    }

    private static double lift(Curves.Step step) {
        return step.called() == 0 ? Double.NaN : step.recall() / step.called();
    }

    private long called(Curves.Step step) {
        return Math.round(step.called() * card.rows().heldOut());
    }

    /** Steps that call enough rows for a share of them to mean something. */
    private List<Curves.Step> steady() {
        long least = Math.clamp(card.rows().heldOut() / STEADY_PART, 1, STEADY_ROWS);
        return steps.stream().filter(step -> called(step) >= least).toList();
    }

    private String beginning(List<Curves.Step> drawn) {
        long first = called(drawn.getFirst());
        return first > 1 ? " Drawn from the first " + Figures.count(first) + " rows on: fewer tell nothing." : "";
    }

    private Curves.Step nearest(double called) {
        return steady().stream()
                .min(Comparator.comparingDouble(step -> Math.abs(step.called() - called)))
                .orElseThrow();
    }

    private static List<Spot> spots(
            List<Curves.Step> steps, Function<Curves.Step, Double> x, Function<Curves.Step, Double> y) {
        return steps.stream()
                .map(step -> new Spot(x.apply(step), y.apply(step)))
                .toList();
    }

    /** As many steps as a person reads, from the first to the last. */
    private Grid table(
            String caption,
            String first,
            Function<Curves.Step, Double> x,
            String second,
            Function<Curves.Step, Double> y) {
        Grid grid = new Grid(caption).numbers("Threshold", first, second);
        int rows = Math.min(TABLE_ROWS, steps.size());
        for (int row = 0; row < rows; row++) {
            Curves.Step step = steps.get(rows == 1 ? 0 : row * (steps.size() - 1) / (rows - 1));
            grid.row(
                    step.threshold() > 1 ? "none called" : Figures.number(step.threshold()),
                    Figures.number(x.apply(step)),
                    Figures.number(y.apply(step)));
        }
        return grid;
    }
}
