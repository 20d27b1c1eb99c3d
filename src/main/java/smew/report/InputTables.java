package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import smew.model.Card;
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

    List<Html> html() {
        List<Html> tables = new ArrayList<>();
        List<Card.Importance> shares = card.importance();
        if (shares.isEmpty()) {
            tables.add(Part.paragraph("It learned nothing from any input: it is the trivial model."));
        } else {
            tables.add(bars("Importance", shares.subList(0, Math.min(BARS, shares.size()))));
            tables.add(Part.note("The share of each input in what the model learned. It tells what the model uses, not"
                    + " what causes the label."));
        }
        if (shares.size() > BARS) {
            List<Card.Importance> rest = shares.subList(BARS, shares.size());
            tables.add(Part.folded(
                    Figures.count(rest.size(), "less important input"), bars("Importance of the other inputs", rest)));
        }
        tables.add(inputs());
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

    private Html inputs() {
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
        return grid.html();
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
