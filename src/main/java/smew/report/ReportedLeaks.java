package smew.report;

import java.util.List;
import java.util.Optional;

/**
 * What the leak tests of a run found.
 *
 * @param found every leak, allowed or not
 * @param notes what could not be tested and why, a sentence each
 */
public record ReportedLeaks(List<Leak> found, List<String> notes) {

    public ReportedLeaks {
        found = List.copyOf(found);
        notes = List.copyOf(notes);
    }

    /**
     * One thing that was found.
     *
     * @param kind as directives name it
     * @param severity {@code error}, {@code warn} or {@code info}
     * @param relation the feature view or model
     * @param column empty where it concerns rows
     * @param evidence one sentence
     * @param cure one sentence: what to do about it
     * @param reason why it is allowed; empty where it is not
     */
    public record Leak(
            String kind,
            String severity,
            String relation,
            Optional<String> column,
            String evidence,
            String cure,
            Optional<String> reason) {

        /** Whether it counts against a model: nobody wrote down that it is known, and it is more than a remark. */
        boolean open() {
            return reason.isEmpty() && !severity.equals("info");
        }
    }
}
