package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import smew.model.Card;
import smew.report.Html.Element;

/** True classes down, predicted classes across, shaded by the share of the true class; what is right is outlined. */
final class ConfusionMatrix {

    private final Card card;
    private final List<String> classes;
    private final List<List<Long>> counts;

    ConfusionMatrix(Card card) {
        this.card = card;
        classes = card.classes();
        counts = card.metrics().confusion();
    }

    Html html() {
        String name = "Held-out rows by true and predicted class";
        List<Html> first = new ArrayList<>();
        first.add(element("th", "True class").with("scope", "col"));
        classes.forEach(predicted -> first.add(element("th", text("predicted "), Html.code(predicted))
                .with("scope", "col")
                .as("number")));
        first.add(element("th", "Rows").with("scope", "col").as("number"));
        List<Html> rows = new ArrayList<>();
        for (int truth = 0; truth < classes.size(); truth++) {
            rows.add(row(truth));
        }
        rows.add(totals());
        Element table = element(
                        "table", Grid.caption(name), element("thead", element("tr", first)), element("tbody", rows))
                .as("confusion");
        return element(
                "div",
                Grid.scrolling(name, table),
                Part.note("Percentages are shares of the true class; outlined is what was predicted right."
                        + card.positive()
                                .map(positive -> " " + positive + " is predicted from a probability of "
                                        + Figures.number(Decision.threshold(card)) + " on: " + Decision.rule(card)
                                        + ".")
                                .orElse("")));
    }

    private Html row(int truth) {
        List<Html> cells = new ArrayList<>();
        cells.add(element("th", Html.code(classes.get(truth))).with("scope", "row"));
        long all = counts.get(truth).stream().mapToLong(Long::longValue).sum();
        for (int predicted = 0; predicted < classes.size(); predicted++) {
            long count = counts.get(truth).get(predicted);
            double share = all == 0 ? 0 : (double) count / all;
            cells.add(element("td", text(Figures.count(count)), element("small", Figures.percent(count, all)))
                    .as(truth == predicted ? "number right" : "number wrong")
                    .with("style", String.format(Locale.ROOT, "--share:%.3f", share)));
        }
        cells.add(element("td", Figures.count(all)).as("number total"));
        return element("tr", cells);
    }

    private Html totals() {
        List<Html> cells = new ArrayList<>();
        cells.add(element("th", "Rows predicted").with("scope", "row"));
        long all = 0;
        for (int predicted = 0; predicted < classes.size(); predicted++) {
            int column = predicted;
            long sum = counts.stream().mapToLong(row -> row.get(column)).sum();
            all += sum;
            cells.add(element("td", Figures.count(sum)).as("number total"));
        }
        cells.add(element("td", Figures.count(all)).as("number total"));
        return element("tr", cells);
    }
}
