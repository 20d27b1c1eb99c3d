package smew.project;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.base.Near;
import smew.project.SqlFile.DirectiveLine;

/** Looks at the declared checks of a file together: each once, severities of what is there, relationships with what exists. */
final class CheckReview {

    private CheckReview() {}

    /**
     * What is wrong goes to the findings.
     *
     * @param drafts all files of the project
     */
    static void review(Draft draft, List<Draft> drafts, Findings findings) {
        Map<String, Integer> lines = new HashMap<>();
        List<DirectiveLine> directives = draft.header().directives();
        for (DirectiveLine line : directives) {
            if (line.directive().declaresCheck()) {
                Integer before = lines.putIfAbsent(line.directive().key() + " " + line.value(), line.line());
                if (before != null) {
                    findings.add(
                            draft.path(),
                            line.line(),
                            "@" + line.directive().key() + " " + line.value() + " stands on line " + before
                                    + " already. Keep one of them.");
                }
            }
            if (line.directive() == Directive.RELATIONSHIP) {
                unknown(CheckValue.relationship(line.value()).relation(), drafts)
                        .ifPresent(detail -> findings.add(draft.path(), line.line(), "@relationship names " + detail));
            }
            if (line.directive() == Directive.SEVERITY
                    && draft.kind() != Kind.CHECK
                    && CheckValue.isSeverity(line.value())) {
                stale(draft, line).ifPresent(detail -> findings.add(draft.path(), line.line(), detail));
            }
        }
    }

    private static Optional<String> unknown(String relation, List<Draft> drafts) {
        List<String> names = drafts.stream()
                .filter(other -> CheckValue.PLACES.contains(other.kind()))
                .map(Draft::name)
                .toList();
        return names.stream().anyMatch(relation::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of(relation + ", which is no source or feature view." + Near.hint(relation, names));
    }

    /** A severity of nothing would look as if it did something. */
    private static Optional<String> stale(Draft draft, DirectiveLine line) {
        CheckValue.Weight weight = CheckValue.severity(line.value());
        SqlFile file =
                new SqlFile(draft.name(), draft.path(), "", "", draft.header().directives(), List.of(), draft.digest());
        boolean covers = DeclaredCheck.of(file).stream().anyMatch(weight::covers);
        return covers
                ? Optional.empty()
                : Optional.of("@severity " + line.value() + ": this file has no @"
                        + weight.directive().key()
                        + weight.column().map(column -> " of column " + column).orElse("")
                        + ". Remove the line, or add the directive.");
    }
}
