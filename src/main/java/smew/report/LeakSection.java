package smew.report;

import static smew.report.Html.element;
import static smew.report.Html.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import smew.report.Html.Element;

/** Leaks that were found: what each is, where, what shows it, and what to do or why it is allowed. */
final class LeakSection {

    static final String ID = "leaks";

    private static final List<String> SEVERITIES = List.of("error", "warn", "info");

    private final ReportedRun run;

    LeakSection(ReportedRun run) {
        this.run = run;
    }

    /** Empty where leaks were not looked for. */
    Optional<Html> html() {
        return run.leaks().map(this::section);
    }

    private Html section(ReportedLeaks leaks) {
        List<Html> content = new ArrayList<>();
        if (leaks.found().isEmpty()) {
            content.add(Part.paragraph("Leaks were looked for, and none was found."));
        } else {
            content.add(Part.paragraph("What a value should not have known when its row happened, and what makes a score"
                    + " look better than the model is."));
            content.add(table(leaks.found()));
        }
        if (!leaks.notes().isEmpty()) {
            List<Html> notes = new ArrayList<>();
            leaks.notes().forEach(note -> notes.add(element("li", note)));
            content.add(element("ul", notes));
        }
        return Part.section(ID, "Leak tests", content);
    }

    private static Html table(List<ReportedLeaks.Leak> found) {
        Grid grid = new Grid("Leaks").words("Where", "Leak", "Severity", "Evidence", "What to do");
        found.stream()
                .sorted(Comparator.comparing((ReportedLeaks.Leak leak) -> leak.reason().isPresent())
                        .thenComparing(leak -> SEVERITIES.indexOf(leak.severity())))
                .forEach(leak -> grid.row(
                        where(leak),
                        Html.code(leak.kind()),
                        severity(leak),
                        element("td", leak.evidence()).as("prose"),
                        element(
                                        "td",
                                        leak.reason()
                                                .map(reason -> "Allowed: " + reason)
                                                .orElse(leak.cure()))
                                .as("prose")));
        return grid.html();
    }

    private static Html where(ReportedLeaks.Leak leak) {
        return Html.code(leak.relation() + leak.column().map(name -> "." + name).orElse(""));
    }

    private static Html severity(ReportedLeaks.Leak leak) {
        if (leak.reason().isPresent()) {
            return element("span", "allowed").as("open");
        }
        return element("strong", leak.severity())
                .as(
                        switch (leak.severity()) {
                            case "error" -> "worse";
                            case "warn" -> "warn";
                            default -> "open";
                        });
    }

    /** One sentence for the summary. */
    Optional<Element> summary() {
        return run.leaks().map(leaks -> {
            long errors = count(leaks, leak -> leak.open() && leak.severity().equals("error"));
            long warnings = count(leaks, leak -> leak.open() && leak.severity().equals("warn"));
            long allowed = count(leaks, leak -> leak.reason().isPresent());
            return element(
                    "p",
                    element("a", "Leaks").with("href", "#" + ID),
                    text(": "),
                    counted(errors, "error", "worse"),
                    text(", "),
                    counted(warnings, "warning", "warn"),
                    text(", "),
                    counted(allowed, "allowed", "open"),
                    text("."));
        });
    }

    private static Html counted(long count, String noun, String style) {
        String words = noun.equals("allowed") ? Figures.count(count) + " allowed" : Figures.count(count, noun);
        return element("strong", words).as(count > 0 ? style : "open");
    }

    private static long count(ReportedLeaks leaks, Predicate<ReportedLeaks.Leak> which) {
        return leaks.found().stream().filter(which).count();
    }

    /** What was found in a model and in all that it reads; empty where leaks were not looked for. */
    Optional<List<ReportedLeaks.Leak>> behind(String model) {
        Set<String> relations = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(model));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (relations.add(name.toLowerCase(Locale.ROOT))) {
                run.manifest().sql().stream()
                        .filter(file -> file.name().equalsIgnoreCase(name))
                        .forEach(file -> open.addAll(file.reads()));
            }
        }
        return run.leaks()
                .map(leaks -> leaks.found().stream()
                        .filter(leak -> relations.contains(leak.relation().toLowerCase(Locale.ROOT)))
                        .toList());
    }
}
