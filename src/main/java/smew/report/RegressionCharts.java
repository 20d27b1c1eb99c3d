package smew.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import smew.model.Card;
import smew.model.Curves;
import smew.report.Mark.Ink;
import smew.report.Mark.Side;
import smew.report.Mark.Spot;

/** Predicted and true numbers beside each other, and how far they are apart. */
final class RegressionCharts {

    private static final int HEIGHT = 220;
    private static final String BARS = " Dots are means, bars hold the middle half of the rows of like prediction.";

    private final String id;
    private final List<Curves.Residual> errors;

    RegressionCharts(Card card, String id) {
        this.id = id;
        errors = card.metrics().curves().map(Curves::errors).orElse(List.of());
    }

    List<Chart> charts() {
        return errors.isEmpty() ? List.of() : List.of(predicted(), residuals());
    }

    private Chart predicted() {
        Scale scale = Scale.around(
                5,
                errors.stream()
                        .flatMapToDouble(error -> DoubleStream.of(
                                error.meanPrediction(),
                                error.meanTruth(),
                                error.lowerQuartile(),
                                error.upperQuartile()))
                        .toArray());
        double low = scale.low().doubleValue();
        double high = scale.high().doubleValue();
        double words = low + 0.7 * (high - low);
        Panel panel = new Panel(Axis.of("True", scale), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(low, low), new Spot(high, high)), Ink.GUIDE))
                .with(new Mark.Words(new Spot(words, words), Side.RIGHT_BELOW, "as predicted"));
        List<Spot> dots = new ArrayList<>();
        for (Curves.Residual error : errors) {
            panel.with(new Mark.Whisker(error.meanPrediction(), error.lowerQuartile(), error.upperQuartile()));
            dots.add(new Spot(error.meanPrediction(), error.meanTruth()));
        }
        panel.with(new Mark.Dots(dots, Ink.MAIN));
        String caption = "On the dashed line, predictions are right." + BARS;
        return new Chart(
                id + "-predicted",
                "Predicted and true",
                caption,
                new Drawing("Predicted and true", caption, Axis.of("Predicted", scale)).with(panel),
                table());
    }

    private Chart residuals() {
        Scale across = Scale.around(
                5, errors.stream().mapToDouble(Curves.Residual::meanPrediction).toArray());
        Scale up = Scale.around(
                5,
                DoubleStream.concat(
                                DoubleStream.of(0),
                                errors.stream()
                                        .flatMapToDouble(error -> DoubleStream.of(
                                                error.lowerQuartile() - error.meanPrediction(),
                                                error.upperQuartile() - error.meanPrediction(),
                                                error.meanTruth() - error.meanPrediction())))
                        .toArray());
        Panel panel = new Panel(Axis.of("True less predicted", up), HEIGHT)
                .with(new Mark.Line(
                        List.of(
                                new Spot(across.low().doubleValue(), 0),
                                new Spot(across.high().doubleValue(), 0)),
                        Ink.GUIDE));
        List<Spot> dots = new ArrayList<>();
        for (Curves.Residual error : errors) {
            double predicted = error.meanPrediction();
            panel.with(
                    new Mark.Whisker(predicted, error.lowerQuartile() - predicted, error.upperQuartile() - predicted));
            dots.add(new Spot(predicted, error.meanTruth() - predicted));
        }
        panel.with(new Mark.Dots(dots, Ink.MAIN));
        String caption = "Above the dashed line, predictions are too low." + BARS;
        return new Chart(
                id + "-residuals",
                "Residuals",
                caption,
                new Drawing("Residuals", caption, Axis.of("Predicted", across)).with(panel),
                table());
    }

    private Grid table() {
        Grid grid = new Grid("Predicted and true, rows of like prediction")
                .numbers("Predicted, mean", "True, mean", "Lower quartile", "Upper quartile", "Rows");
        for (Curves.Residual error : errors) {
            grid.row(
                    Figures.number(error.meanPrediction()),
                    Figures.number(error.meanTruth()),
                    Figures.number(error.lowerQuartile()),
                    Figures.number(error.upperQuartile()),
                    Figures.count(error.rows()));
        }
        return grid;
    }
}
