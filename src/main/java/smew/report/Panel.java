package smew.report;

import static smew.report.Html.element;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import smew.report.Html.Element;
import smew.report.Mark.Ink;
import smew.report.Mark.Side;
import smew.report.Mark.Spot;

/** A rectangle of a drawing: an upright axis, a grid, and marks between them. */
final class Panel {

    private static final int DOT = 4;
    private static final int CAP = 3;
    private static final int AWAY = 7;
    private static final int LINE_OF_TEXT = 12;

    private final Axis up;
    private final int height;
    private final List<Mark> marks = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param height in units of the drawing, without its title
     */
    Panel(Axis up, int height) {
        this.up = up;
        this.height = height;
    }

    Panel with(Mark mark) {
        marks.add(mark);
        return this;
    }

    Axis up() {
        return up;
    }

    int height() {
        return height;
    }

    /** The panel in its place: grid first, then marks, then words, so that nothing hides them. */
    List<Html> html(Frame frame) {
        List<Html> shapes = new ArrayList<>();
        StringBuilder grid = new StringBuilder();
        for (BigDecimal tick : up.scale().ticks()) {
            String y = frame.y(tick.doubleValue());
            grid.append('M')
                    .append(frame.left())
                    .append(' ')
                    .append(y)
                    .append('H')
                    .append(frame.right());
            shapes.add(text(up.label(tick), Integer.toString(frame.left() - 6), y, "end")
                    .with("dy", ".35em")
                    .as("tick"));
        }
        for (BigDecimal tick : frame.across().ticks()) {
            grid.append('M').append(frame.x(tick.doubleValue())).append(' ').append(frame.top());
            grid.append('v').append(height);
        }
        shapes.addFirst(element("path").with("d", grid.toString()).as("grid"));
        shapes.addAll(shapes(frame));
        return shapes;
    }

    /** Its marks alone. */
    List<Html> shapes(Frame frame) {
        return Stream.concat(
                        marks.stream().filter(mark -> !(mark instanceof Mark.Words)),
                        marks.stream().filter(Mark.Words.class::isInstance))
                .map(mark -> shape(mark, frame))
                .toList();
    }

    static Element text(String words, String x, String y, String anchor) {
        return element("text", words).with("x", x).with("y", y).with("text-anchor", anchor);
    }

    private Html shape(Mark mark, Frame frame) {
        return switch (mark) {
            case Mark.Line line ->
                element("path").with("d", path(line.spots(), frame)).as("line " + style(line.ink()));
            case Mark.Dots dots -> dots(dots, frame);
            case Mark.Whisker whisker -> {
                String x = frame.x(whisker.x());
                yield element("path")
                        .with(
                                "d",
                                "M" + x + " " + frame.y(whisker.low()) + "V" + frame.y(whisker.high()) + "m-" + CAP
                                        + " 0h" + 2 * CAP + "M" + x + " " + frame.y(whisker.low()) + "m-" + CAP + " 0h"
                                        + 2 * CAP)
                        .as("whisker");
            }
            case Mark.Span span -> {
                String y = frame.y(span.y());
                yield element("path")
                        .with(
                                "d",
                                "M" + frame.x(span.low()) + " " + y + "H" + frame.x(span.high()) + "m0 -" + CAP + "v"
                                        + 2 * CAP + "M" + frame.x(span.low()) + " " + y + "m0 -" + CAP + "v" + 2 * CAP)
                        .as("whisker");
            }
            case Mark.Bar bar -> {
                double left = frame.across(bar.from());
                double top = frame.upwards(bar.height());
                yield element("rect")
                        .with("x", Frame.rounded(left))
                        .with("y", Frame.rounded(top))
                        .with("width", Frame.rounded(Math.max(1, frame.across(bar.to()) - left)))
                        .with("height", Frame.rounded(frame.top() + height - top))
                        .as("column");
            }
            case Mark.Words words -> words(words, frame);
        };
    }

    private static String style(Ink ink) {
        return ink.name().toLowerCase(Locale.ROOT);
    }

    private static Html words(Mark.Words words, Frame frame) {
        boolean right = words.side() == Side.RIGHT_ABOVE || words.side() == Side.RIGHT_BELOW;
        boolean above = words.side() == Side.RIGHT_ABOVE || words.side() == Side.LEFT_ABOVE;
        double x = frame.across(words.at().x()) + (right ? AWAY : -AWAY);
        double y = frame.upwards(words.at().y()) + (above ? -AWAY : AWAY + LINE_OF_TEXT - 4);
        return text(words.words(), Frame.rounded(x), Frame.rounded(y), right ? "start" : "end")
                .as("words");
    }

    /** Without spots that lie on the way from the one before to the one after. */
    private static String path(List<Spot> spots, Frame frame) {
        List<String[]> kept = new ArrayList<>();
        for (Spot spot : spots) {
            String[] next = {frame.x(spot.x()), frame.y(spot.y())};
            int size = kept.size();
            if (size > 1 && level(kept.get(size - 2), kept.get(size - 1), next)) {
                kept.removeLast();
            }
            kept.add(next);
        }
        StringBuilder path = new StringBuilder();
        for (String[] each : kept) {
            path.append(path.isEmpty() ? 'M' : 'L').append(each[0]).append(' ').append(each[1]);
        }
        return path.toString();
    }

    private static boolean level(String[] before, String[] spot, String[] after) {
        return (before[0].equals(spot[0]) && spot[0].equals(after[0]))
                || (before[1].equals(spot[1]) && spot[1].equals(after[1]));
    }

    private static Html dots(Mark.Dots dots, Frame frame) {
        StringBuilder path = new StringBuilder();
        for (Spot spot : dots.spots()) {
            path.append('M').append(frame.x(spot.x())).append(' ').append(frame.y(spot.y()));
            path.append(
                    switch (dots.ink()) {
                        case MAIN -> "m-" + DOT + " 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z";
                        case GUIDE -> "m-3-3h6v6h-6z";
                        case CHOSEN -> "m0-6l6 6l-6 6l-6-6z";
                    });
        }
        return element("path").with("d", path.toString()).as("dots " + style(dots.ink()));
    }
}
