package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import smew.model.Card;
import smew.release.Manifest;
import smew.report.Html.Element;

/** Where everything came from, and how long it took. */
final class ProvenanceSection {

    private final ReportedRun run;

    ProvenanceSection(ReportedRun run) {
        this.run = run;
    }

    static Element digest(String digest) {
        return element("td", Html.code(digest)).as("digest");
    }

    Html html() {
        Manifest manifest = run.manifest();
        Map<String, Html> facts = new LinkedHashMap<>();
        facts.put("Release", Html.code(manifest.id()));
        facts.put("Created", text(Figures.instant(manifest.created())));
        facts.put("As-of", text(manifest.asOf().toString()));
        facts.put("Versions", text(Part.versions(manifest.versions())));
        return Part.section(
                "provenance",
                "Provenance",
                List.of(
                        Part.paragraph("The same inputs, SQL, as-of, seed and versions give the same features and"
                                + " models, bit for bit."),
                        Part.facts(facts),
                        models(),
                        sql(),
                        Part.folded(Figures.count(manifest.outputs().size(), "file") + " of the release", outputs()),
                        Part.note("release.json, beside this page, lists the same for programs.")));
    }

    private Html models() {
        if (run.cards().isEmpty()) {
            return Part.paragraph("No model was trained.");
        }
        Grid grid = new Grid("Models").words("Model").numbers("Seed").words("Smile", "SHA-256 of", "");
        for (Card card : run.cards()) {
            Card.Provenance from = card.provenance();
            Map<String, String> digests = new LinkedHashMap<>();
            digests.put("SQL", from.sqlDigest());
            digests.put("rows", from.dataDigest());
            digests.put("artefact", card.artefact().sha256());
            digests.forEach((of, digest) -> grid.row(
                    Html.code(card.name()),
                    text(Long.toString(card.seed())),
                    text(from.smile()),
                    text(of),
                    digest(digest)));
        }
        return grid.html();
    }

    private Html sql() {
        Grid grid = new Grid("SQL files").words("File", "Kind", "SHA-256");
        run.manifest()
                .sql()
                .forEach(file ->
                        grid.row(Html.code(file.path()), text(file.kind().noun()), digest(file.digest())));
        return grid.html();
    }

    private Html outputs() {
        Grid grid =
                new Grid("Files of the release").words("File").numbers("Size").words("SHA-256");
        run.manifest()
                .outputs()
                .forEach(file ->
                        grid.row(Html.code(file.path()), text(Figures.bytes(file.bytes())), digest(file.digest())));
        return grid.html();
    }

    Html timings() {
        Map<String, Double> timings = run.manifest().timings();
        double total =
                timings.values().stream().mapToDouble(Double::doubleValue).sum();
        Grid grid = new Grid("Seconds by stage, until this page was written")
                .words("Stage", "Share")
                .numbers("Time");
        timings.forEach((stage, seconds) ->
                grid.row(text(stage), Part.bar(total > 0 ? seconds / total : 0), text(Figures.seconds(seconds))));
        grid.row("all", "", Figures.seconds(total));
        return Part.section("timings", "Timings", List.of(grid.html()));
    }
}
