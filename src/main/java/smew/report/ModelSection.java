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
import smew.release.Manifest;

/** One model: whether its numbers can be trusted, how good it is, what it uses, how it was learned. */
final class ModelSection {

    private final Card card;
    private final Optional<Manifest.Sql> file;
    private final TrustPart trust;

    ModelSection(ReportedRun run, Card card) {
        this.card = card;
        this.file = run.sql(Kind.MODEL, card.name());
        this.trust = new TrustPart(card, new LeakSection(run).behind(card));
    }

    Html html(String id) {
        Map<String, List<Html>> parts = new LinkedHashMap<>();
        parts.put("Can these numbers be trusted?", trust.html());
        parts.put("How good it is", new QualityPart(card, id).html());
        List<Html> uses = new ArrayList<>(new InputTables(card).importance());
        uses.addAll(new DependenceCharts(card, id).html());
        parts.put("What it uses", uses);
        parts.put("How it was learned", learned(id));

        List<Html> content = new ArrayList<>(Part.description(file));
        content.add(Part.facts(facts()));
        List<Html> links = new ArrayList<>();
        List<Html> body = new ArrayList<>();
        parts.forEach((title, part) -> {
            String place = id + "-" + (links.size() + 1);
            links.add(element("li", element("a", title).with("href", "#" + place)));
            body.add(element("h3", title).with("id", place));
            body.addAll(part);
        });
        content.add(element("nav", element("ul", links)).with("aria-label", "Parts of " + card.name()));
        content.addAll(body);
        content.addAll(Part.sql(file));
        return Part.section(id, "Model " + card.name(), content);
    }

    private List<Html> learned(String id) {
        List<Html> learned = new ArrayList<>();
        card.search().ifPresent(search -> learned.addAll(new SearchTable(search).html()));
        List<Html> tables = new ArrayList<>(List.of(parameters(), rows()));
        if (!card.rows().perClass().isEmpty()) {
            tables.add(classes());
        }
        learned.add(element("div", tables).as("beside"));
        card.calibration().ifPresent(calibration -> learned.addAll(new CalibrationPart(card, calibration, id).html()));
        learned.addAll(new InputTables(card).inputs());
        return learned;
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
        facts.put("Held out", text(split()));
        card.threshold().ifPresent(chosen -> facts.put("Threshold", text(threshold())));
        facts.put("Resampling", text(resampling()));
        facts.put("Null numbers", text(missing()));
        facts.put("Seed", text(Long.toString(card.seed())));
        return facts;
    }

    private String split() {
        String share = Figures.percent(card.split().fraction());
        return switch (card.split().by()) {
            case ENTITY -> "by entity: about " + share + " of labelled rows, as whole entities";
            case TIME -> "by time: the latest rows, about " + share + " of those labelled";
            case RANDOM -> "at random: " + share + " of labelled rows";
            case GIVEN -> "a set of its own: " + share + " of labelled rows";
        };
    }

    private String threshold() {
        return Figures.number(Decision.threshold(card)) + " (" + Decision.rule(card) + ")";
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
        if (rows.calibration() > 0) {
            counted(grid, "– set aside for calibration and threshold", rows.calibration());
        }
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
}
