package smew.project;

import java.util.Optional;

/**
 * One thing that a leak test found, judged by the directives of the file it was found in.
 *
 * @param severity what it does to a release, unless it is allowed
 * @param relation the feature view or model
 * @param column empty where it concerns rows
 * @param evidence one sentence with numbers and an example
 * @param cure one sentence: what to do about it
 * @param reason why it is allowed, in the words of {@code @allow}; empty where it is not
 */
public record Leak(
        LeakKind kind,
        Relation.Severity severity,
        String relation,
        Optional<String> column,
        String evidence,
        String cure,
        Optional<String> reason) {

    /** Whether it stops a release. */
    public boolean stops() {
        return severity == Relation.Severity.ERROR && reason.isEmpty();
    }

    /** What is concerned: {@code credit_history.age}, or the relation alone. */
    public String where() {
        return relation + column.map(name -> "." + name).orElse("");
    }

    /** The directive that would allow it, without its reason: {@code -- @allow as-of age}. */
    public String allowance() {
        String named = column.map(DirectiveValue::columnWord).orElse(LeakRules.ANY);
        return "-- @allow " + kind.key() + " " + named;
    }
}
