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
import java.util.stream.Stream;
import smew.model.Card;
import smew.project.Leak;
import smew.project.Leaks;
import smew.project.Relation;
import smew.report.Html.Element;

/** Leaks that were found: what each is, where, what shows it, and what to do or why it is allowed. */
final class LeakSection {

    static final String ID = "leaks";

    private final ReportedRun run;

    /** Of feature views and of models' rows, what is not allowed first, what weighs most before the rest. */
    private final List<Leak> found;

    LeakSection(ReportedRun run) {
        this.run = run;
        found = Stream.concat(
                        run.leaks().stream().flatMap(leaks -> leaks.found().stream()),
                        run.cards().stream()
                                .flatMap(card -> card.audit().stream())
                                .flatMap(audit -> audit.leaks().stream()))
                .distinct()
                .sorted(Comparator.comparing((Leak leak) -> leak.reason().isPresent())
                        .thenComparingInt(leak -> -weight(leak.severity())))
                .toList();
    }

    private static int weight(Relation.Severity severity) {
        return switch (severity) {
            case ERROR -> 2;
            case WARN -> 1;
            case INFO -> 0;
        };
    }

    /** Whether a leak counts against a model: nobody wrote down that it is known, and it is more than a remark. */
    private static boolean open(Leak leak) {
        return leak.reason().isEmpty() && leak.severity() != Relation.Severity.INFO;
    }

    /** Whether anybody looked for leaks. */
    boolean tested() {
        return run.leaks().isPresent()
                || run.cards().stream().anyMatch(card -> card.audit().isPresent());
    }

    /** Empty where leaks were not looked for. */
    Optional<Html> html() {
        return tested() ? Optional.of(section()) : Optional.empty();
    }

    private Html section() {
        List<Html> content = new ArrayList<>();
        if (found.isEmpty()) {
            content.add(Part.paragraph("Leaks were looked for, and none was found."));
        } else {
            content.add(Part.paragraph("What was known too early, or makes a score look better than the model is."));
            content.add(table());
        }
        List<Html> notes = new ArrayList<>();
        run.leaks()
                .map(Leaks::notes)
                .orElse(List.of())
                .forEach(note -> notes.add(element("li", Html.code(note.relation()), text(": " + note.text()))));
        if (run.leaks().isEmpty()) {
            notes.add(element("li", "Whether feature views look into the future was not tested in this run."));
        }
        if (!notes.isEmpty()) {
            content.add(element("ul", notes));
        }
        return Part.section(ID, "Leak tests", content);
    }

    private Html table() {
        Grid grid = new Grid("Leaks").words("Where", "Leak", "Severity", "Evidence", "What to do");
        for (Leak leak : found) {
            grid.row(
                    Html.code(leak.where()),
                    Html.code(leak.kind().key()),
                    severity(leak),
                    element("td", leak.evidence()).as("prose"),
                    element("td", cure(leak)).as("prose"));
        }
        return grid.html();
    }

    private static List<Html> cure(Leak leak) {
        if (leak.reason().isPresent()) {
            return List.of(text("Allowed: " + leak.reason().get()));
        }
        return open(leak)
                ? List.of(text(leak.cure() + " If it is meant, write "), Html.code(leak.allowance()), text(" and why."))
                : List.of(text(leak.cure()));
    }

    private static Html severity(Leak leak) {
        if (leak.reason().isPresent()) {
            return element("span", "allowed").as("open");
        }
        return element("strong", leak.severity().word())
                .as(
                        switch (leak.severity()) {
                            case ERROR -> "worse";
                            case WARN -> "warn";
                            case INFO -> "open";
                        });
    }

    /** One sentence for the summary; empty where leaks were not looked for. */
    Optional<Element> summary() {
        if (!tested()) {
            return Optional.empty();
        }
        long errors = count(Relation.Severity.ERROR);
        long warnings = count(Relation.Severity.WARN);
        long allowed = found.stream().filter(leak -> leak.reason().isPresent()).count();
        return Optional.of(element(
                "p",
                element("a", "Leaks").with("href", "#" + ID),
                text(": "),
                counted(errors, Figures.count(errors, "error"), "worse"),
                text(", "),
                counted(warnings, Figures.count(warnings, "warning"), "warn"),
                text(", "),
                counted(allowed, Figures.count(allowed) + " allowed", "open"),
                text(".")));
    }

    private long count(Relation.Severity severity) {
        return found.stream()
                .filter(leak -> open(leak) && leak.severity() == severity)
                .count();
    }

    private static Html counted(long count, String words, String style) {
        return element("strong", words).as(count > 0 ? style : "open");
    }

    /**
     * What was found about one model.
     *
     * @param views whether all that it reads was tested
     * @param rows whether its own rows were
     * @param open what counts against it
     */
    record Behind(boolean views, boolean rows, List<Leak> open) {}

    /** Of a model and of all that it reads. */
    Behind behind(Card card) {
        Set<String> relations = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(card.name()));
        while (!next.isEmpty()) {
            String name = next.pop();
            if (relations.add(name.toLowerCase(Locale.ROOT))) {
                run.manifest().sql().stream()
                        .filter(file -> file.name().equalsIgnoreCase(name))
                        .forEach(file -> next.addAll(file.reads()));
            }
        }
        List<Leak> open = found.stream()
                .filter(LeakSection::open)
                .filter(leak -> relations.contains(leak.relation().toLowerCase(Locale.ROOT)))
                .toList();
        return new Behind(run.leaks().isPresent(), card.audit().isPresent(), open);
    }
}
