package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.project.Kind;
import smew.release.InputChanges;
import smew.release.Manifest;
import smew.release.RelationProfile;

/** What went in and what was demanded of it: sources with their files, checks with their results. */
final class SourceSections {

    private final ReportedRun run;

    SourceSections(ReportedRun run) {
        this.run = run;
    }

    Html sources() {
        List<Html> content = new ArrayList<>();
        run.manifest().contract().ifPresent(contract -> content.addAll(changes(contract)));
        for (Manifest.Sql source : run.sql(Kind.SOURCE)) {
            content.add(element("h3", text("Source "), Html.code(source.name())));
            content.addAll(Part.description(Optional.of(source)));
            Optional.ofNullable(run.profile().sourceRows().get(source.name()))
                    .ifPresent(rows -> content.add(Part.paragraph(Figures.count(rows, "row") + ".")));
            content.add(files(source));
            run.source(source.name()).ifPresent(profile -> content.add(columns(profile)));
            content.addAll(Part.sql(Optional.of(source)));
        }
        return Part.section("sources", "Sources", content);
    }

    private Html files(Manifest.Sql source) {
        List<Manifest.Input> inputs = run.manifest().inputs().stream()
                .filter(input -> input.source().equals(source.name()))
                .toList();
        if (inputs.isEmpty()) {
            return Part.paragraph("It names no input file.");
        }
        Grid grid = new Grid("Files that " + source.name() + " read")
                .words("Variable", "File")
                .numbers("Size")
                .words("SHA-256");
        for (Manifest.Input input : inputs) {
            grid.row(
                    Html.code(input.variable()),
                    element("td", Html.code(input.uri())).as("long"),
                    text(Figures.bytes(input.bytes())),
                    ProvenanceSection.digest(input.digest()));
        }
        return grid.html();
    }

    private static List<Html> changes(InputChanges contract) {
        Grid grid = new Grid("How inputs differ from those of release " + contract.release())
                .words("Source", "Change", "Column", "Severity", "What was found");
        for (InputChanges.Change change : contract.findings()) {
            boolean stops = change.severity().equals("error");
            grid.row(
                    Html.code(change.source()),
                    text(change.kind()),
                    change.column().<Html>map(Html::code).orElseGet(() -> text("")),
                    element("strong", change.severity() + (stops && contract.accepted() ? ", accepted" : ""))
                            .as(stops ? "worse" : "warn"),
                    element("td", change.text()).as("prose"));
        }
        return List.of(grid.html());
    }

    private static Html columns(RelationProfile profile) {
        Grid grid = new Grid("Columns of " + profile.name())
                .words("Column", "Type")
                .numbers("Share null", "Smallest", "Largest")
                .words("Values");
        for (RelationProfile.Column column : profile.columns()) {
            grid.row(
                    Html.code(column.name()),
                    element("td", column.type()).as("type"),
                    text(Figures.percent(column.nulls(), profile.rows())),
                    text(column.smallest().orElse(Figures.NONE)),
                    text(column.largest().orElse(Figures.NONE)),
                    element(
                                    "td",
                                    column.values()
                                            .map(values -> String.join(", ", values))
                                            .orElse(""))
                            .as("prose"));
        }
        return grid.html();
    }

    Html checks() {
        if (run.manifest().checks().isEmpty()) {
            return Part.section(
                    "checks", "Checks", List.of(Part.paragraph("This project has no checks: add some to sql/checks.")));
        }
        Grid grid = new Grid("Checks: queries that must return no rows, and what files declare of their rows")
                .words("Check", "What it looks for", "Severity", "Result")
                .numbers("Failing rows");
        List<Html> content = new ArrayList<>();
        for (Manifest.Check check : run.manifest().checks()) {
            Optional<Manifest.Sql> file = run.sql(Kind.CHECK, check.name());
            grid.row(
                    Html.code(check.name()),
                    element("td", meaning(check, file)).as("prose"),
                    text(check.severity()),
                    result(check),
                    text(Figures.count(check.failing())));
            content.addAll(Part.sql(file));
        }
        content.addFirst(grid.html());
        return Part.section("checks", "Checks", content);
    }

    /** What its file says of it; of one that a directive declares, where, and which rows broke it. */
    private static String meaning(Manifest.Check check, Optional<Manifest.Sql> file) {
        return check.declared()
                .map(declared -> "Declared in " + declared.where()
                        + declared.found().map(found -> ": " + found).orElse("."))
                .orElseGet(() -> file.map(Manifest.Sql::description).orElse(""));
    }

    private static Html result(Manifest.Check check) {
        if (check.failing() == 0) {
            return element("strong", "passed").as("better");
        }
        return check.severity().equals("warn")
                ? element("strong", "warned").as("warn")
                : element("strong", "failed").as("worse");
    }
}
