package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.model.Card;
import smew.project.Kind;
import smew.project.Relation;
import smew.release.Manifest;

/** One model: what it predicts, how it was learned, how good it is, what it uses. */
final class ModelSection {

    private final Card card;
    private final Optional<Manifest.Sql> file;

    ModelSection(ReportedRun run, Card card) {
        this.card = card;
        this.file = run.sql(Kind.MODEL, card.name());
    }

    Html html(String id) {
        List<Html> content = new ArrayList<>(Part.description(file));
        content.add(Part.facts(facts()));
        List<Html> tables = new ArrayList<>(List.of(parameters(), rows()));
        if (!card.rows().perClass().isEmpty()) {
            tables.add(classes());
        }
        content.add(element("div", tables).as("beside"));
        content.add(element("h3", "How good it is"));
        content.add(metrics());
        if (!card.metrics().confusion().isEmpty()) {
            content.add(new ConfusionMatrix(card).html());
        }
        content.add(element("h3", "What it uses"));
        content.addAll(new InputTables(card).html());
        content.addAll(Part.sql(file));
        return Part.section(id, "Model " + card.name(), content);
    }

    private Map<String, Html> facts() {
        Map<String, Html> facts = new LinkedHashMap<>();
        facts.put("Task", text(Part.word(card.task())));
        facts.put("Label", element("span", Html.code(card.label()), text(" (" + Part.word(card.labelType()) + ")")));
        card.positive().ifPresent(positive -> facts.put("Positive class", Html.code(positive)));
        facts.put("Entity", Part.names(card.entity()));
        facts.put("Event time", Part.time(card.time()));
        facts.put("Reads", Part.names(file.map(Manifest.Sql::reads).orElse(List.of())));
        facts.put("Algorithm", text(card.algorithm().name()));
        facts.put("Held out", split());
        facts.put("Resampling", text(resampling()));
        facts.put("Null numbers", text(missing()));
        facts.put("Seed", text(Long.toString(card.seed())));
        return facts;
    }

    private Html split() {
        String share = Figures.percent(card.split().fraction());
        return switch (card.split().by()) {
            case ENTITY ->
                text("By entity: whole entities with about " + share + " of labelled rows, so that no entity is on both"
                        + " sides");
            case TIME ->
                text("By time: the latest rows, about " + share + " of those labelled, so that the model is asked about"
                        + " times after those it learned from");
            case RANDOM -> text("At random: " + share + " of labelled rows");
            case GIVEN -> text("A set of its own: " + share + " of labelled rows");
        };
    }

    private String resampling() {
        return switch (card.resample()) {
            case "none" -> "none";
            case "smote" -> "smote: rows of the rarer classes were invented between real ones, in training only";
            case "class-weight" -> "class-weight: rarer classes weigh more, in training only";
            default -> card.resample();
        };
    }

    private String missing() {
        return switch (card.missing()) {
            case ZERO -> "replaced by zero";
            case MEDIAN -> "replaced by the median of training rows";
            case ERROR -> "refused";
        };
    }

    private Html parameters() {
        Grid grid = new Grid("Parameters").words("Parameter").numbers("Value");
        card.algorithm()
                .parameters()
                .forEach((name, value) -> grid.named(
                        name, value instanceof Double number ? Figures.number(number) : String.valueOf(value)));
        return grid.html();
    }

    private Html rows() {
        Card.Rows rows = card.rows();
        Grid grid = new Grid("Rows").words("Part").numbers("Number", "Share of all");
        counted(grid, "All rows of the SELECT", rows.total());
        counted(grid, "Without a label: served, not learned from", rows.unlabelled());
        counted(grid, "With a label", rows.labelled());
        counted(grid, "– learned from (training)", rows.training());
        counted(grid, "– held out", rows.heldOut());
        if (rows.fitted() != rows.training()) {
            grid.row("Training rows after resampling", Figures.count(rows.fitted()), Figures.NONE);
        }
        return grid.html();
    }

    private void counted(Grid grid, String part, long rows) {
        grid.row(part, Figures.count(rows), Figures.percent(rows, card.rows().total()));
    }

    private Html classes() {
        Grid grid = new Grid("Classes of the label").words("Class").numbers("Labelled rows", "Share of labelled rows");
        card.rows()
                .perClass()
                .forEach((name, rows) -> grid.named(
                        name,
                        Figures.count(rows),
                        Figures.percent(rows, card.rows().labelled())));
        return grid.html();
    }

    private Html metrics() {
        Grid grid = new Grid("On " + Figures.count(card.rows().heldOut(), "held-out row") + ", as they are")
                .words("Figure")
                .numbers("This model", "Baseline")
                .words("Against the baseline", "What it means");
        card.metrics().figures().forEach((key, figure) -> {
            Optional<Double> baseline = Metric.baseline(card, key);
            grid.row(
                    text(Metric.title(key)),
                    text(Figures.number(figure)),
                    text(baseline.map(Figures::number).orElse(Figures.NONE)),
                    Metric.verdict(card, key).html(figure, baseline),
                    element("td", Metric.of(key).map(Metric::meaning).orElse(""))
                            .as("prose"));
        });
        String trivial = card.task() == Relation.Task.REGRESSION
                ? "the mean label of training rows"
                : "the shares of the classes among training rows";
        return element(
                "div",
                grid.html(),
                Part.note("The baseline is the trivial model, which answers every row with " + trivial + "."));
    }
}
