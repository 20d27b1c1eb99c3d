package smew.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/**
 * What leak tests found.
 *
 * @param found every leak, allowed or not
 * @param notes what could not be tested and why, and exceptions that no longer are any
 */
public record Leaks(List<Leak> found, List<Note> notes) {

    public static final Leaks NONE = new Leaks(List.of(), List.of());

    public Leaks {
        found = List.copyOf(found);
        notes = List.copyOf(notes);
    }

    /** One sentence about a relation. */
    public record Note(Relation.Severity severity, String relation, String text) {}

    /** These, then others. */
    public Leaks and(Leaks others) {
        return new Leaks(
                Stream.concat(found.stream(), others.found.stream()).toList(),
                Stream.concat(notes.stream(), others.notes.stream()).toList());
    }

    /** Of several findings about the same thing, the first; of several notes that say the same, one. */
    public Leaks distinct() {
        Map<List<Object>, Leak> first = new LinkedHashMap<>();
        found.forEach(leak -> first.putIfAbsent(List.of(leak.kind(), leak.where()), leak));
        return new Leaks(List.copyOf(first.values()), notes.stream().distinct().toList());
    }

    /** Without findings in other relations than these. */
    public Leaks of(List<? extends Relation> relations) {
        Set<String> names = relations.stream().map(Relation::name).collect(Collectors.toSet());
        return new Leaks(
                found.stream().filter(leak -> names.contains(leak.relation())).toList(), notes);
    }

    /** What was found in one relation, and what is noted of it. */
    public Leaks only(String relation) {
        return new Leaks(
                found.stream().filter(leak -> leak.relation().equals(relation)).toList(),
                notes.stream().filter(note -> note.relation().equals(relation)).toList());
    }

    /**
     * These, with a warning for each {@code @allow} of which nothing was found.
     *
     * @param relations feature views and models that were tested
     * @param tested the kinds that were looked for in them
     */
    public Leaks withStale(List<? extends Relation> relations, Set<LeakKind> tested) {
        List<Note> all = new ArrayList<>(notes);
        for (Relation relation : relations) {
            List<Leak> here = found.stream()
                    .filter(leak -> leak.relation().equals(relation.name()))
                    .toList();
            relation.leakRules().stale(here, tested).stream()
                    .map(allowance -> new Note(
                            Relation.Severity.WARN,
                            relation.name(),
                            relation.file().path() + ":" + allowance.line() + ": nothing was found that "
                                    + allowance.text() + " would allow. Remove the line."))
                    .forEach(all::add);
        }
        return new Leaks(found, all);
    }

    /** What stops a release, each with its place, its evidence and what to do; empty where nothing does. */
    public List<Problem> problems(Project project) {
        return found.stream()
                .filter(Leak::stops)
                .map(leak -> new Problem(
                        project.relation(leak.relation())
                                .map(relation -> relation.file().path())
                                .orElse(leak.relation()),
                        leak.kind().key()
                                + leak.column()
                                        .map(column -> ", column " + column)
                                        .orElse("") + ": "
                                + leak.evidence() + " " + leak.cure() + " If it is meant, write " + leak.allowance()
                                + " REASON into the file."))
                .toList();
    }

    /**
     * Refuses to go on where something stops a release.
     *
     * @throws SmewException DATA, with all such findings together
     */
    public void require(Project project) {
        List<Problem> problems = problems(project);
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Looking for leaks", problems);
        }
    }
}
