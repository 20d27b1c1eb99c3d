package smew.project;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** Gathers everything that is wrong with a project, sorted by file and line, each thing once. */
final class Findings {

    private record Finding(String path, int line, String detail) {}

    private final TreeSet<Finding> all = new TreeSet<>(
            Comparator.comparing(Finding::path).thenComparingInt(Finding::line).thenComparing(Finding::detail));

    /**
     * Notes one problem.
     *
     * @param line from 1
     */
    void add(String path, int line, String detail) {
        all.add(new Finding(path, line, detail));
    }

    /**
     * Does nothing where nothing was found.
     *
     * @param read such as {@code the project in DIR}
     */
    void throwIfAny(String read) {
        if (!all.isEmpty()) {
            throw SmewException.of(
                    Fault.CONFIGURATION, "Reading " + read + " found " + all.size() + " problems", problems());
        }
    }

    /** All of them. */
    List<Problem> problems() {
        return all.stream()
                .map(finding -> new Problem(finding.path() + ":" + finding.line(), finding.detail()))
                .toList();
    }
}
