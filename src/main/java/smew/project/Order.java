package smew.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import smew.project.SqlTree.Mention;

/** Puts files after all that they read; ties in order of kind and name. */
final class Order {

    private static final Comparator<Draft> BY_KIND_AND_NAME =
            Comparator.comparing(Draft::kind).thenComparing(Draft::name).thenComparing(Draft::path);

    private Order() {}

    /** Orders the files; a cycle goes to the findings, naming every file of it. */
    static List<Draft> of(Map<Draft, Set<Draft>> reads, Findings findings) {
        Set<Draft> waiting = new TreeSet<>(BY_KIND_AND_NAME);
        waiting.addAll(reads.keySet());
        List<Draft> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<Draft> ready = waiting.stream()
                    .filter(draft ->
                            reads.getOrDefault(draft, Set.of()).stream().noneMatch(waiting::contains))
                    .limit(1)
                    .toList();
            List<Draft> next = ready.isEmpty() ? cycle(waiting, reads) : ready;
            if (ready.isEmpty()) {
                report(next, findings);
            }
            ordered.addAll(next);
            next.forEach(waiting::remove);
        }
        return ordered;
    }

    /** Where every waiting file waits for another, following the first one each time must come round. */
    private static List<Draft> cycle(Set<Draft> waiting, Map<Draft, Set<Draft>> reads) {
        Set<Draft> walked = new LinkedHashSet<>();
        Draft at = waiting.iterator().next();
        while (walked.add(at)) {
            at = reads.getOrDefault(at, Set.of()).stream()
                    .filter(waiting::contains)
                    .min(BY_KIND_AND_NAME)
                    .orElseThrow();
        }
        Draft entry = at;
        return walked.stream().dropWhile(draft -> !draft.equals(entry)).toList();
    }

    private static void report(List<Draft> cycle, Findings findings) {
        Draft first = cycle.getFirst();
        Draft second = cycle.get(1 % cycle.size());
        int line = first.tree().tables().stream()
                .filter(mention -> mention.name().equalsIgnoreCase(second.name()))
                .map(Mention::line)
                .findFirst()
                .orElse(1);
        String round = cycle.stream().map(Draft::path).collect(Collectors.joining(" -> ", "", " -> " + first.path()));
        String advice = cycle.size() == 1
                ? "A file cannot read itself. "
                : "These files read each other in a circle: " + round + ". ";
        findings.add(first.path(), line, advice + "Move what they share to a file that reads neither.");
    }
}
