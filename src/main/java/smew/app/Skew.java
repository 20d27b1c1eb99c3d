package smew.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import smew.base.Progress;
import smew.base.SmewException;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Relation;
import smew.serve.Expected;
import smew.serve.Rehearsal;
import smew.serve.Rehearsal.Difference;

/** Whether a server would answer from the very values that models were trained on. */
final class Skew {

    private Skew() {}

    /**
     * Serves a release and asks.
     *
     * @param expected answers, of any models
     */
    static Leaks of(Rehearsal rehearsal, List<Expected> expected, List<Relation.Model> models, Progress progress) {
        if (expected.isEmpty()) {
            return Leaks.NONE;
        }
        try (Progress.Step step = progress.start("skew")) {
            List<Difference> differences = rehearsal.differences(expected);
            step.result(
                    differences.isEmpty()
                            ? expected.size() + " answers are what was learned from"
                            : differences.size() + " of " + expected.size() + " answers differ");
            return new Leaks(leaks(differences, expected, models), List.of()).withStale(models, Set.of(LeakKind.SKEW));
        } catch (SmewException unable) {
            return new Leaks(
                    List.of(),
                    List.of(new Leaks.Note(
                            Relation.Severity.WARN,
                            expected.getFirst().model(),
                            "whether a server answers from the same values was not tested: " + unable.getMessage())));
        }
    }

    private static List<Leak> leaks(
            List<Difference> differences, List<Expected> expected, List<Relation.Model> models) {
        List<Leak> leaks = new ArrayList<>();
        for (Relation.Model model : models) {
            long asked = expected.stream()
                    .filter(answer -> answer.model().equals(model.name()))
                    .count();
            Map<Optional<String>, List<Difference>> byColumn = differences.stream()
                    .filter(difference -> difference.expected().model().equals(model.name()))
                    .collect(Collectors.groupingBy(Difference::column, LinkedHashMap::new, Collectors.toList()));
            byColumn.forEach(
                    (column, found) -> leaks.add(
                            model.leakRules()
                                    .leak(
                                            LeakKind.SKEW,
                                            model.name(),
                                            column,
                                            evidence(found, asked),
                                            "A server that answers from other"
                                                    + " values than those learned from is a fault of Smew: report it with this sentence.")));
        }
        return leaks;
    }

    private static String evidence(List<Difference> found, long asked) {
        Difference first = found.getFirst();
        return "Of entity " + first.expected().id() + " a server answers "
                + first.found() + ", expected " + first.meant() + ", and "
                + found.size() + " of " + asked + " answers differ.";
    }
}
