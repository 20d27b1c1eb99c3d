package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import smew.model.Calibration;
import smew.model.Card;
import smew.report.Mark.Ink;
import smew.report.Mark.Side;
import smew.report.Mark.Spot;

/** How probabilities were corrected: which ways were tried, and the curve of the one that won. */
final class CalibrationPart {

    private static final int HEIGHT = 180;
    private static final int POINTS = 100;

    /** More curves than these make no picture. */
    private static final int CURVES = 6;

    private final Card card;
    private final Calibration calibration;
    private final String id;

    CalibrationPart(Card card, Calibration calibration, String id) {
        this.card = card;
        this.calibration = calibration;
        this.id = id;
    }

    List<Html> html() {
        List<Html> content = new ArrayList<>();
        String method = calibration.method().name().toLowerCase(Locale.ROOT);
        double least = calibration.logLoss().values().stream()
                .mapToDouble(loss -> loss)
                .min()
                .orElse(Double.NaN);
        boolean best = calibration.logLoss().getOrDefault(method, Double.NaN) == least;
        content.add(Part.paragraph(switch (calibration.method()) {
                    case NONE -> "Probabilities are the model's own. Corrections were tried";
                    case ISOTONIC -> "Probabilities are corrected by a curve that never falls (isotonic), learned";
                    case PLATT -> "Probabilities are corrected by a logistic curve over the log odds (Platt), learned";
                }
                + " on " + Figures.count(calibration.rows(), "row")
                + " that neither training nor evaluation saw."
                + (best ? " This has the least log loss on those rows, each corrected by what others say." : "")));
        if (!calibration.logLoss().isEmpty()) {
            Grid grid =
                    new Grid("Ways to correct").words("Way").numbers("Log loss").words("");
            calibration
                    .logLoss()
                    .forEach((way, loss) -> grid.row(
                            text(way.toLowerCase(Locale.ROOT)),
                            text(Figures.number(loss)),
                            way.equalsIgnoreCase(method) ? element("strong", "◆ in use") : text("")));
            content.add(grid.html());
        }
        List<Chart> charts = new ArrayList<>();
        for (int i = 0; i < Math.min(CURVES, calibration.maps().size()); i++) {
            charts.add(curve(i));
        }
        content.addAll(Chart.beside(charts));
        return content;
    }

    private Chart curve(int map) {
        List<Spot> spots = spots(calibration.maps().get(map));
        boolean one = calibration.maps().size() == 1;
        String of = one ? "" : " of " + FlowDiagram.cut(card.classes().get(map), 24);
        double most = spots.stream().mapToDouble(Spot::y).max().orElse(1);
        Scale up = most > 0.5 ? Scale.SHARE : Scale.around(4, 0, most);
        double end = up.high().doubleValue();
        Panel panel = new Panel(Axis.of("Corrected probability" + of, up), HEIGHT)
                .with(new Mark.Line(List.of(new Spot(0, 0), new Spot(end, end)), Ink.GUIDE))
                .with(new Mark.Words(new Spot(end, end), Side.RIGHT_BELOW, end == 1 ? "" : "as it was"))
                .with(new Mark.Line(spots, Ink.MAIN));
        String caption = "What becomes of a probability" + of + ".";
        Grid numbers = new Grid("Correction").numbers("From", "To");
        int step = Math.max(1, spots.size() / 20);
        for (int i = 0; i < spots.size(); i += step) {
            numbers.row(
                    Figures.number(spots.get(i).x()),
                    Figures.number(spots.get(i).y()));
        }
        return new Chart(
                id + "-correction-" + (map + 1),
                "Correction",
                caption,
                new Drawing("Correction", caption, Axis.of("Probability of the model itself", Scale.SHARE)).with(panel),
                numbers);
    }

    private static List<Spot> spots(Calibration.Correction correction) {
        List<Spot> spots = new ArrayList<>();
        for (int i = 0; i < correction.from().size(); i++) {
            spots.add(new Spot(correction.from().get(i), correction.to().get(i)));
        }
        if (spots.isEmpty()) {
            for (int i = 1; i < POINTS; i++) {
                double p = (double) i / POINTS;
                double odds = correction.slope() * StrictMath.log(p / (1 - p)) + correction.intercept();
                spots.add(new Spot(p, 1 / (1 + StrictMath.exp(-odds))));
            }
            return spots;
        }
        // Level to both ends: an isotonic curve says nothing beyond its points.
        if (spots.getFirst().x() > 0) {
            spots.addFirst(new Spot(0, spots.getFirst().y()));
        }
        if (spots.getLast().x() < 1) {
            spots.add(new Spot(1, spots.getLast().y()));
        }
        return spots;
    }
}
