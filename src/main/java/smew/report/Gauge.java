package smew.report;

import static smew.report.Html.element;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import smew.model.Interval;
import smew.report.Html.Element;

/**
 * A number and its interval as a drawing in a cell of a table, all rows on one scale. The cells beside it say the same in
 * numbers, so that it is hidden from those who do not see it.
 *
 * @param line where the number would mean nothing, such as 0 for a difference: an upright dashed line
 */
record Gauge(Scale scale, Optional<Double> line) {

    private static final int WIDTH = 200;
    private static final int HEIGHT = 18;
    private static final int MARGIN = 6;

    /** On a scale around all of these. */
    static Gauge around(Optional<Double> line, double... numbers) {
        double[] all = new double[numbers.length + line.stream().toList().size()];
        System.arraycopy(numbers, 0, all, 0, numbers.length);
        line.ifPresent(value -> all[numbers.length] = value);
        double low = Arrays.stream(all).filter(Scale::drawable).min().orElse(0);
        double high = Arrays.stream(all).filter(Scale::drawable).max().orElse(0);
        return new Gauge(low < high ? Scale.between(low, high, 4) : Scale.around(4, all), line);
    }

    /** What stands above the drawings: the ends of their scale. */
    String heading() {
        return "From " + Figures.number(scale.low().doubleValue()) + " to "
                + Figures.number(scale.high().doubleValue())
                + line.map(value -> ", dashed at " + Figures.number(value)).orElse("");
    }

    /** A dot, and a line as long as the interval; without one, a line from the low end. */
    Element cell(double number, Optional<Interval> interval) {
        Frame frame = new Frame(MARGIN, 0, WIDTH - MARGIN, HEIGHT, scale, Scale.SHARE);
        Panel panel = new Panel(Axis.of("", Scale.SHARE), HEIGHT);
        line.ifPresent(value ->
                panel.with(new Mark.Line(List.of(new Mark.Spot(value, 0), new Mark.Spot(value, 1)), Mark.Ink.GUIDE)));
        if (interval.isEmpty()) {
            List<Mark.Spot> stem = List.of(new Mark.Spot(scale.low().doubleValue(), 0.5), new Mark.Spot(number, 0.5));
            panel.with(new Mark.Line(stem, Mark.Ink.MAIN));
        }
        interval.ifPresent(range -> panel.with(new Mark.Span(0.5, range.low(), range.high())));
        panel.with(new Mark.Dots(List.of(new Mark.Spot(number, 0.5)), Mark.Ink.MAIN));
        return element(
                        "td",
                        element("svg", panel.shapes(frame))
                                .with("aria-hidden", "true")
                                .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT))
                .as("gauge");
    }
}
