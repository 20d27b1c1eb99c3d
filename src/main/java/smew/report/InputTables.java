package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import smew.model.Card;
import smew.model.Insight;
import smew.project.Relation;

/** The inputs of a model: how much each is used, and what training rows held. */
final class InputTables {

    /** More than these are folded away. */
    private static final int BARS = 20;

    private static final int LEVELS = 6;

    private final Card card;

    InputTables(Card card) {
        this.card = card;
    }

    /** By permutation on held-out rows where that was done; what training says of itself is folded away then. */
    List<Html> importance() {
        List<Html> tables = new ArrayList<>();
        card.insight().map(Insight::permutation).filter(list -> !list.isEmpty()).ifPresent(permutation -> {
            int shown = Math.min(BARS, permutation.size());
            tables.add(permuted("Importance", permutation, permutation.subList(0, shown)));
            tables.add(Part.note("How much worse the model gets when the values of an input are shuffled among held-out"
                    + " rows. Where the interval holds 0, the model does as well without that input; inputs that tell the"
                    + " same stand in for each other, and all of them look unimportant."));
            if (permutation.size() > shown) {
                List<Insight.Permutation> rest = permutation.subList(shown, permutation.size());
                tables.add(Part.folded(
                        Figures.count(rest.size(), "less important input"),
                        permuted("Importance of the other inputs", permutation, rest)));
            }
        });
        List<Html> learned = learned();
        if (tables.isEmpty()) {
            tables.addAll(learned);
        } else {
            tables.add(Part.folded("Importance as training has it", element("div", learned)));
        }
        card.insight()
                .map(Insight::dropped)
                .filter(list -> !list.isEmpty())
                .ifPresent(dropped ->
                        tables.add(element("p", text("Left out by @features: "), Part.names(dropped), text("."))));
        return tables;
    }

    private static Html permuted(
            String caption, List<Insight.Permutation> scale, List<Insight.Permutation> permutation) {
        Gauge gauge = Gauge.around(
                Optional.of(0.0),
                scale.stream()
                        .flatMapToDouble(each -> DoubleStream.of(
                                each.loss(),
                                each.interval().low(),
                                each.interval().high()))
                        .toArray());
        String metric = Metric.title(scale.getFirst().metric());
        Grid grid = new Grid(caption)
                .words("Input", gauge.heading())
                .numbers(metric + ", worse by", "95\u00A0% interval")
                .words("");
        for (Insight.Permutation each : permutation) {
            grid.row(
                    Html.code(each.input()),
                    gauge.cell(each.loss(), Optional.of(each.interval())),
                    text(Figures.number(each.loss())),
                    text(Figures.interval(each.interval())),
                    element("span", each.interval().holds(0) ? "may be chance" : "")
                            .as("same"));
        }
        return grid.html();
    }

    private List<Html> learned() {
        List<Html> tables = new ArrayList<>();
        List<Card.Importance> shares = card.importance();
        if (shares.isEmpty()) {
            tables.add(Part.paragraph("It learned nothing from any input: it is the trivial model."));
        } else {
            tables.add(bars("Importance in training", shares.subList(0, Math.min(BARS, shares.size()))));
            tables.add(Part.note("The share of each input in what the model learned. It tells what the model uses, not"
                    + " what causes the label."));
        }
        if (shares.size() > BARS) {
            List<Card.Importance> rest = shares.subList(BARS, shares.size());
            tables.add(Part.folded(
                    Figures.count(rest.size(), "less important input"), bars("Importance of the other inputs", rest)));
        }
        return tables;
    }

    private Html bars(String caption, List<Card.Importance> shares) {
        double most = card.importance().getFirst().share();
        Grid grid = new Grid(caption).words("Input", "Compared with the first").numbers("Share");
        for (Card.Importance importance : shares) {
            grid.row(
                    Html.code(importance.input()),
                    Part.bar(most > 0 ? importance.share() / most : 0),
                    text(Figures.percent(importance.share())));
        }
        return grid.html();
    }

    List<Html> inputs() {
        Grid grid = new Grid("Inputs, as training rows held them")
                .words("Input", "Type")
                .numbers("Nulls", "Share null")
                .words("Nulls become", "Levels of a category")
                .numbers("Rows with another level");
        for (Card.Input input : card.inputs()) {
            boolean category = input.type() == Card.Type.CATEGORY;
            grid.row(
                    Html.code(input.name()),
                    text(Part.word(input.type())),
                    text(Figures.count(input.nulls())),
                    text(Figures.percent(input.nulls(), card.rows().training())),
                    text(replacement(input)),
                    category ? levels(input.levels()) : text(""),
                    text(category ? Figures.count(input.otherRows()) : ""));
        }
        return List.of(grid.html());
    }

    private String replacement(Card.Input input) {
        return switch (input.type()) {
            case CATEGORY -> "a level of their own";
            case BOOLEAN, NUMBER ->
                card.missing() == Relation.Missing.ERROR ? "refused" : Figures.number(input.replacement());
        };
    }

    private static Html levels(List<String> levels) {
        List<String> shown = levels.subList(0, Math.min(LEVELS, levels.size()));
        String more = levels.size() > LEVELS ? ", and " + Figures.count(levels.size() - LEVELS) + " more" : "";
        return element("td", text(Figures.count(levels.size()) + ": "), Part.names(shown), text(more))
                .as("prose");
    }
}
