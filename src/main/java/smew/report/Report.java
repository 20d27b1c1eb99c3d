package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Manifest;

/**
 * {@code report.html}: one page without scripts that fetches nothing. The same run gives the same bytes. It cannot hold its own digest, nor
 * that of {@code release.json}, which holds this page's.
 */
public final class Report {

    /** Its path in a release. */
    public static final String FILE = "report.html";

    private static final String STYLE_SHEET = "report.css";

    private final ReportedRun run;

    /** Names of the figures of a card that the page explains. */
    public static List<String> figures() {
        return Arrays.stream(Metric.values()).map(Metric::key).toList();
    }

    private Report(ReportedRun run) {
        this.run = run;
    }

    /**
     * Writes the page into the folder of a release.
     *
     * @return the file
     * @throws SmewException OUTSIDE when the file system refuses
     */
    public static Path write(Path release, ReportedRun run) {
        Path file = release.resolve(FILE);
        try {
            return Files.writeString(file, html(run));
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
    }

    /** The whole page. */
    public static String html(ReportedRun run) {
        StringBuilder page = new StringBuilder(1 << 16).append("<!DOCTYPE html>");
        new Report(run).document().write(page);
        return page.append('\n').toString();
    }

    private Html document() {
        Map<String, Html> sections = sections();
        List<Html> links = new ArrayList<>();
        sections.forEach((id, section) ->
                links.add(element("li", element("a", title(section)).with("href", "#" + id))));
        return element(
                        "html",
                        head(),
                        element(
                                "body",
                                header(),
                                element("nav", element("ul", links)).with("aria-label", "Sections"),
                                element("main", List.copyOf(sections.values()))))
                .with("lang", "en");
    }

    /** The heading that a section begins with. */
    private static List<Html> title(Html section) {
        return ((Html.Element) ((Html.Element) section).children().getFirst()).children();
    }

    private Html head() {
        return element(
                "head",
                element("meta").with("charset", "utf-8"),
                element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                element("meta").with("name", "color-scheme").with("content", "light dark"),
                // Should markup ever slip in, a browser still runs and fetches nothing.
                element("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", "default-src 'none'; style-src 'unsafe-inline'"),
                element("title", run.project() + ": release " + run.manifest().id()),
                new Html.Style(styleSheet()));
    }

    private Html header() {
        Manifest manifest = run.manifest();
        Map<String, Html> facts = new LinkedHashMap<>();
        facts.put("Release", Html.code(manifest.id()));
        facts.put("As-of", text(manifest.asOf().toString()));
        facts.put("Created", text(Figures.instant(manifest.created())));
        facts.put("Versions", text(Part.versions(manifest.versions())));
        return element("header", element("h1", run.project()), Part.facts(facts));
    }

    /** By id, in the order of the page. Ids are counted: a name may hold anything. */
    private Map<String, Html> sections() {
        Map<String, Html> sections = new LinkedHashMap<>();
        sections.put("summary", new SummarySection(run).html());
        new LeakSection(run).html().ifPresent(leaks -> sections.put(LeakSection.ID, leaks));
        sections.put("flow", new FlowDiagram(run).html());
        for (int i = 0; i < run.cards().size(); i++) {
            String id = "model-" + (i + 1);
            sections.put(id, new ModelSection(run, run.cards().get(i)).html(id));
        }
        List<Manifest.View> views = run.manifest().views();
        for (int i = 0; i < views.size(); i++) {
            String id = "features-" + (i + 1);
            sections.put(id, new ViewSection(run, views.get(i)).html(id));
        }
        SourceSections inputs = new SourceSections(run);
        sections.put("sources", inputs.sources());
        sections.put("checks", inputs.checks());
        ProvenanceSection provenance = new ProvenanceSection(run);
        sections.put("provenance", provenance.html());
        sections.put("timings", provenance.timings());
        return sections;
    }

    private static String styleSheet() {
        try (InputStream in = Report.class.getResourceAsStream(STYLE_SHEET)) {
            byte[] bytes = Objects.requireNonNull(in, STYLE_SHEET + " is missing from the build")
                    .readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
