package smew.app;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.features.Reason;

/**
 * What a run would do, and why.
 *
 * @param release what it is compared with; empty where there is none
 * @param asOf of the run
 * @param steps one for each relation, in the order of the run
 * @param gone names of what the release has and the project does not
 * @param differences what the run gave; empty where it was not run
 */
record Plan(
        Optional<String> release,
        LocalDate asOf,
        List<Step> steps,
        List<String> gone,
        Optional<List<Difference>> differences) {

    Plan {
        steps = List.copyOf(steps);
        gone = List.copyOf(gone);
    }

    /** What happens to a relation. */
    enum Action {
        /** A source is read. */
        READ,
        /** Nothing has to read this source. */
        SKIP,
        /** The SQL runs. */
        RUN,
        /** Rows or outcome of the release are taken. */
        REUSE,
        /** A model is trained. */
        TRAIN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One relation.
     *
     * @param kind source, feature view, model or check
     * @param reasons why its rows may be others than those of the release; empty where they are the same
     * @param note what else there is to know, such as who needs it; empty where there is nothing
     */
    record Step(String kind, String name, Action action, List<Reason> reasons, String note) {
        Step {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * One thing that a run gives otherwise than the release has it.
     *
     * @param of source, feature view, model or check
     * @param what rows, a column, a figure
     * @param before as the release has it; empty where it has none
     * @param now empty where it is gone
     */
    record Difference(String of, String what, Optional<String> before, Optional<String> now) {}

    /** The same after it was run. */
    Plan with(List<Difference> found) {
        return new Plan(release, asOf, steps, gone, Optional.of(List.copyOf(found)));
    }
}
