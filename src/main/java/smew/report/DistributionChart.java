package smew.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Card;
import smew.model.Curves;
import smew.project.Relation;

/** How predictions are spread, a panel for each class, so that no colour has to tell classes apart. */
final class DistributionChart {

    /** More panels than these make no picture; the table has all of them. */
    private static final int PANELS = 10;

    private static final int HEIGHT = 76;
    private static final int ONE_HEIGHT = 220;
    private static final int NAME_LENGTH = 30;

    private final Card card;
    private final String id;
    private final List<Curves.Spread> spreads;
    private final Map<String, Long> rows = new LinkedHashMap<>();

    DistributionChart(Card card, String id) {
        this.card = card;
        this.id = id;
        spreads = card.metrics().curves().map(Curves::distribution).orElse(List.of());
        spreads.forEach(spread -> rows.merge(spread.className(), spread.rows(), Long::sum));
    }

    Optional<Chart> chart() {
        return rows.values().stream().anyMatch(count -> count > 0) ? Optional.of(drawn()) : Optional.empty();
    }

    private Chart drawn() {
        boolean numbers = card.task() == Relation.Task.REGRESSION;
        String title = numbers ? "Predicted numbers" : "Probabilities by class";
        Scale up = Scale.around(
                2, spreads.stream().mapToDouble(spread -> 100 * height(spread)).toArray());
        String caption = numbers
                ? "How many held-out rows are predicted to have a label in each range."
                : "A panel for the rows of each true class: the further apart they lie, the better the model tells them"
                        + " apart." + left();
        Drawing drawing = new Drawing(title, caption, Axis.of(numbers ? "Predicted" : "Probability", across()));
        rows.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .limit(PANELS)
                .forEach(each -> {
                    String name = each.getKey();
                    String words = name.isEmpty() ? "Rows" : FlowDiagram.cut(name, NAME_LENGTH);
                    Panel panel = new Panel(
                            Axis.percent(words + " (" + Figures.count(each.getValue(), "row") + ")", up),
                            rows.size() == 1 ? ONE_HEIGHT : HEIGHT);
                    spreads.stream()
                            .filter(spread -> spread.className().equals(name))
                            .forEach(spread ->
                                    panel.with(new Mark.Bar(spread.from(), spread.to(), 100 * height(spread))));
                    drawing.with(panel);
                });
        return new Chart(id + "-distribution", title, caption, drawing, table());
    }

    private String left() {
        return rows.size() > PANELS
                ? " The first " + PANELS + " of " + Figures.count(rows.size()) + " classes; all of them are below."
                : "";
    }

    private Scale across() {
        double low = spreads.stream().mapToDouble(Curves.Spread::from).min().orElse(0);
        double high = spreads.stream().mapToDouble(Curves.Spread::to).max().orElse(1);
        return low == 0 && high == 1 ? Scale.SHARE : Scale.around(5, low, high);
    }

    /** The share of a class's rows; of a range that is wider than the mean one, as much less, so that areas compare. */
    private double height(Curves.Spread spread) {
        double mean = spreads.stream()
                .mapToDouble(each -> each.to() - each.from())
                .average()
                .orElse(1);
        double width = spread.to() - spread.from();
        long all = rows.getOrDefault(spread.className(), 0L);
        double share = all == 0 ? 0 : (double) spread.rows() / all;
        return width > 0 ? share * mean / width : share;
    }

    private Grid table() {
        Grid grid = new Grid("How predictions are spread")
                .words("True class")
                .numbers("From", "To", "Rows", "Share of the class");
        for (Curves.Spread spread : spreads) {
            grid.named(
                    spread.className().isEmpty() ? "all" : spread.className(),
                    Figures.number(spread.from()),
                    Figures.number(spread.to()),
                    Figures.count(spread.rows()),
                    Figures.percent(spread.rows(), rows.getOrDefault(spread.className(), 0L)));
        }
        return grid;
    }
}
