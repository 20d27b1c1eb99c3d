package smew.lint;

import java.util.Optional;
import smew.project.Finding;
import smew.project.LintRule;
import smew.project.Place;
import smew.project.Relation.Severity;

/**
 * One thing to look at, as an editor shows it.
 *
 * @param file relative to the project, with slashes
 * @param message what was found, and why it matters
 * @param hint what to do, where that is known
 */
public record Diagnostic(String file, Place place, LintRule rule, String message, Optional<String> hint) {

    static Diagnostic of(Finding finding, Place place) {
        return new Diagnostic(finding.path(), place, finding.rule(), finding.detail(), Optional.empty());
    }

    public Severity severity() {
        return rule.severity();
    }

    /** {@code sql/x.sql:12:5: warn select-star: …}, as compilers write and editors read. */
    @Override
    public String toString() {
        return file + ":" + place.line() + ":" + place.column() + ": "
                + severity().word() + " " + rule.key() + ": " + message
                + hint.map(text -> " " + text).orElse("");
    }

    /** The same for JSON. */
    public Json json() {
        return new Json(
                file,
                place.line(),
                place.column(),
                place.endLine(),
                place.endColumn(),
                severity().word(),
                rule.key(),
                message,
                hint);
    }

    /** Lines and columns from 1; the end is just behind the last character. */
    public record Json(
            String file,
            int line,
            int column,
            int endLine,
            int endColumn,
            String severity,
            String rule,
            String message,
            Optional<String> hint) {}
}
