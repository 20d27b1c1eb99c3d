package smew.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.model.Card;
import smew.model.Curves;
import smew.report.Mark.Ink;
import smew.report.Mark.Side;
import smew.report.Mark.Spot;

/** Whether what is said with a probability comes true as often. */
final class ReliabilityChart {

    private static final int HEIGHT = 170;
    private static final int ROWS_HEIGHT = 36;

    /** Half the width of a bar of rows, as a share of the axis. */
    private static final double HALF_BAR = 0.008;

    private final Card card;
    private final String id;
    private final List<Curves.Bin> bins;

    ReliabilityChart(Card card, String id) {
        this.card = card;
        this.id = id;
        bins = card.metrics().curves().map(Curves::reliability).orElse(List.of());
    }

    Optional<Chart> chart() {
        return bins.isEmpty() ? Optional.empty() : Optional.of(drawn());
    }

    private Chart drawn() {
        Scale scale = scale();
        double end = scale.high().doubleValue();
        Panel shares = new Panel(Axis.of("Share that came true", scale), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(0, 0), new Spot(end, end)), Ink.GUIDE))
                .with(new Mark.Words(new Spot(end * 0.7, end * 0.7), Side.RIGHT_BELOW, "as said"));
        long most = bins.stream().mapToLong(Curves.Bin::rows).max().orElse(1);
        Panel rows = new Panel(Axis.of("Rows", Scale.around(2, 0, (double) most)), ROWS_HEIGHT);
        List<Spot> dots = new ArrayList<>();
        for (Curves.Bin bin : bins) {
            double said = bin.meanProbability();
            shares.with(
                    new Mark.Whisker(said, bin.interval().low(), bin.interval().high()));
            dots.add(new Spot(said, bin.shareTrue()));
            rows.with(new Mark.Bar(said - end * HALF_BAR, said + end * HALF_BAR, bin.rows()));
        }
        shares.with(new Mark.Dots(dots, Ink.MAIN));
        String caption = error() + "On the dashed line, what was said came true as often; below it, the model says too"
                + " much. Bars are 95\u00A0% intervals of the share.";
        return new Chart(
                id + "-reliability",
                "Reliability",
                caption,
                new Drawing("Reliability", caption, Axis.of("Probability that was said", scale))
                        .with(shares)
                        .with(rows),
                table());
    }

    private String error() {
        String key = Metric.CALIBRATION_ERROR.key();
        Double error = card.metrics().figures().get(key);
        return error == null
                ? ""
                : "Calibration error: " + Figures.number(error)
                        + Metric.interval(card, key)
                                .map(interval -> " (" + Figures.interval(interval) + ")")
                                .orElse("")
                        + ". ";
    }

    /** The same for both axes, so that the diagonal is one; no larger than what is there, for rare classes. */
    private Scale scale() {
        double most = bins.stream()
                .mapToDouble(bin -> Math.max(
                        bin.meanProbability(),
                        Math.max(bin.shareTrue(), bin.interval().high())))
                .max()
                .orElse(1);
        return most > 0.8 ? Scale.SHARE : Scale.around(5, 0, most);
    }

    private Grid table() {
        Grid grid = new Grid("Reliability").numbers("Said, mean", "Came true", "95\u00A0% interval", "Rows");
        for (Curves.Bin bin : bins) {
            grid.row(
                    Figures.number(bin.meanProbability()),
                    Figures.number(bin.shareTrue()),
                    Figures.interval(bin.interval()),
                    Figures.count(bin.rows()));
        }
        return grid;
    }
}
