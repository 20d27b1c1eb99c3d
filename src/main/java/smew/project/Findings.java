package smew.project;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import smew.base.Fault;
import smew.base.SmewException;

/** Gathers everything that is wrong with a project, sorted by file and line, each thing once. */
final class Findings {

    /** Which characters of a line are meant, where only the line is known. */
    private static final int WHOLE_LINE = Integer.MAX_VALUE;

    private final Set<Finding> all;
    private final LintRule rule;

    Findings() {
        this(
                new TreeSet<>(Comparator.comparing(Finding::path)
                        .thenComparingInt(finding -> finding.place().line())
                        .thenComparing(Finding::detail)),
                LintRule.DIRECTIVE);
    }

    private Findings(Set<Finding> all, LintRule rule) {
        this.all = all;
        this.rule = rule;
    }

    /** Adds to the same list, under another rule. */
    Findings under(LintRule other) {
        return new Findings(all, other);
    }

    /**
     * Notes one problem of a whole line.
     *
     * @param line from 1
     */
    void add(String path, int line, String detail) {
        add(path, new Place(line, 1, line, WHOLE_LINE), detail);
    }

    void add(String path, Place place, String detail) {
        all.add(new Finding(rule, path, place, detail));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /**
     * Does nothing where nothing was found.
     *
     * @param read such as {@code the project in DIR}
     */
    void throwIfAny(String read) {
        if (!all.isEmpty()) {
            throw SmewException.of(
                    Fault.CONFIGURATION,
                    "Reading " + read + " found " + all.size() + " problems",
                    all.stream().map(Finding::problem).toList());
        }
    }
}
