package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import smew.model.Interval;
import smew.model.Search;
import smew.report.Html.Element;

/** What a search compared, the best first, and why the chosen one was chosen. */
final class SearchTable {

    private final Search search;

    SearchTable(Search search) {
        this.search = search;
    }

    List<Html> html() {
        String metric = Metric.title(search.metric());
        Gauge gauge = Gauge.around(
                Optional.empty(),
                search.leaderboard().stream()
                        .flatMapToDouble(entry -> DoubleStream.of(
                                around(entry).low(), around(entry).high()))
                        .toArray());
        Grid grid = new Grid("Candidates, compared by " + metric
                        + (search.higherIsBetter() ? " (higher is better)" : " (lower is better)"))
                .words("Algorithm", "Parameters")
                .numbers("Mean", "Standard error")
                .words(gauge.heading())
                .numbers("Folds", "Rows")
                .words("");
        for (Search.Entry entry : search.leaderboard()) {
            grid.row(
                    Html.code(entry.algorithm().name()),
                    element("td", parameters(entry.algorithm().parameters())).as("prose"),
                    text(Figures.number(entry.mean())),
                    text(Figures.number(entry.standardError())),
                    gauge.cell(entry.mean(), Optional.of(around(entry))),
                    text(entry.foldsDone() + " of " + search.folds()),
                    text(Figures.count(entry.rows())),
                    remark(entry));
        }
        List<Html> content = new ArrayList<>();
        content.add(Part.paragraph(
                "@algorithm auto compared " + Figures.count(search.leaderboard().size(), "candidate")
                        + " over " + Figures.count(search.folds(), "fold") + " of "
                        + Figures.count(search.rows(), "training row")
                        + (search.finished()
                                ? "."
                                : ", and its budget was too small for all candidates: a larger one may find a better model.")
                        + " The simplest candidate within one standard error of the best is chosen: what is above it may be"
                        + " luck."));
        content.add(grid.html());
        if (!search.leftOut().isEmpty()) {
            List<Html> leftOut = new ArrayList<>();
            for (Search.LeftOut each : search.leftOut()) {
                leftOut.add(element(
                        "li",
                        Html.code((each.algorithm().name() + " "
                                        + parameters(each.algorithm().parameters()))
                                .strip()),
                        text(": " + each.reason())));
            }
            content.add(Part.paragraph("Not compared:"));
            content.add(element("ul", leftOut));
        }
        return content;
    }

    private static Interval around(Search.Entry entry) {
        double error = Scale.drawable(entry.standardError()) ? entry.standardError() : 0;
        return new Interval(entry.mean() - error, entry.mean() + error);
    }

    private Element remark(Search.Entry entry) {
        if (entry.chosen()) {
            return element("td", element("strong", "◆ chosen"));
        }
        return element(
                "td",
                entry.foldsDone() < search.folds()
                        ? "stopped: no hope of winning"
                        : entry.rows() < search.rows() ? "better ones went on to more rows" : "");
    }

    static String parameters(Map<String, Object> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "="
                        + (each.getValue() instanceof Double number ? Figures.number(number) : each.getValue()))
                .collect(Collectors.joining(" "));
    }
}
