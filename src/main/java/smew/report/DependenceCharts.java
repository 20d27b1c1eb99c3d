package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.model.Card;
import smew.model.Insight;
import smew.report.Html.Element;
import smew.report.Mark.Ink;
import smew.report.Mark.Spot;

/** How the mean prediction moves with one input, all inputs on one scale: curves of numbers, tables of categories. */
final class DependenceCharts {

    private static final int HEIGHT = 130;
    private static final int NAME_LENGTH = 34;

    private final Card card;
    private final String id;
    private final List<Insight.Dependence> dependence;
    private final Scale scale;

    DependenceCharts(Card card, String id) {
        this.card = card;
        this.id = id;
        dependence = card.insight().map(Insight::dependence).orElse(List.of()).stream()
                .filter(each -> !each.points().isEmpty())
                .toList();
        scale = Scale.around(
                4,
                dependence.stream()
                        .flatMap(each -> each.points().stream())
                        .mapToDouble(Insight.Point::mean)
                        .toArray());
    }

    List<Html> html() {
        if (dependence.isEmpty()) {
            return List.of();
        }
        List<Html> figures = new ArrayList<>();
        for (int i = 0; i < dependence.size(); i++) {
            Insight.Dependence each = dependence.get(i);
            String place = id + "-dependence-" + (i + 1);
            figures.add(numeric(each) ? curve(each, place).html() : levels(each, place));
        }
        return List.of(
                Part.paragraph(
                        "The mean prediction if every held-out row had this value of the input and its own values"
                                + " of all others. All on one scale: what stays level hardly matters by itself. It shows what the"
                                + " model does, not what causes the label."),
                element("div", figures).as("charts"));
    }

    private boolean numeric(Insight.Dependence each) {
        boolean number = card.inputs().stream()
                .anyMatch(input -> input.name().equals(each.input()) && input.type() == Card.Type.NUMBER);
        return number
                && each.points().size() > 1
                && each.points().stream().allMatch(point -> parsed(point).isPresent());
    }

    private static Optional<Double> parsed(Insight.Point point) {
        try {
            double value = Double.parseDouble(point.value());
            return Scale.drawable(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    private Chart curve(Insight.Dependence each, String place) {
        List<Spot> spots = each.points().stream()
                .flatMap(point -> parsed(point).map(value -> new Spot(value, point.mean())).stream())
                .toList();
        Scale across = Scale.around(5, spots.stream().mapToDouble(Spot::x).toArray());
        Panel panel = new Panel(Axis.of(predicted(each), scale), HEIGHT)
                .with(new Mark.Line(spots, Ink.MAIN))
                .with(new Mark.Dots(spots, Ink.MAIN));
        Drawing drawing = new Drawing(
                        "Dependence on " + each.input(),
                        "From " + spots.getFirst().x() + " to "
                                + spots.getLast().x() + ".",
                        Axis.of(FlowDiagram.cut(each.input(), NAME_LENGTH), across))
                .with(panel);
        Grid numbers = new Grid("Dependence on " + each.input()).numbers("Value", "Mean prediction");
        each.points().forEach(point -> numbers.row(point.value(), Figures.number(point.mean())));
        return new Chart(place, each.input(), "", drawing, numbers);
    }

    private static String predicted(Insight.Dependence each) {
        return each.of().isEmpty()
                ? "Mean prediction"
                : "Mean probability of " + FlowDiagram.cut(each.of(), NAME_LENGTH - 12);
    }

    private Element levels(Insight.Dependence each, String place) {
        Gauge gauge = new Gauge(scale, Optional.empty());
        Grid grid = new Grid(predicted(each)).words("Value", gauge.heading()).numbers("Mean");
        each.points()
                .forEach(point -> grid.row(
                        Html.code(point.value()),
                        gauge.cell(point.mean(), Optional.empty()),
                        text(Figures.number(point.mean()))));
        String about = each.points().stream().map(Insight.Point::value).collect(Collectors.joining(", "));
        return element("figure", element("h4", each.input()), grid.html())
                .as("chart")
                .with("id", place)
                .with("aria-label", "Dependence on " + each.input() + ": " + about);
    }
}
