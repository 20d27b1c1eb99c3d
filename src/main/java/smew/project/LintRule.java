package smew.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.project.Relation.Severity;

/** Every rule that SQL files are held against before they run, stated once: directives, messages and the README's table come from here. */
public enum LintRule {
    SYNTAX(Severity.ERROR, "DuckDB cannot parse the file, or it holds something else than one SELECT"),
    DIRECTIVE(Severity.ERROR, "a directive is unknown, badly written, missing or in the wrong place"),
    RELATION(Severity.ERROR, "the SQL reads what no file defines, or what a file of its kind must not read"),
    LAYOUT(
            Severity.ERROR,
            "a file lies in the wrong folder, shares its name with another, or reads itself in a circle"),
    TEST(Severity.ERROR, "a file of `sql/tests` tests nothing, or brings rows that nothing reads"),
    COLUMN(
            Severity.ERROR,
            "DuckDB cannot bind the SQL: a column or function is not there, or types do not fit; where an input is missing, only"
                    + " names are looked at"),
    INPUT(Severity.INFO, "an input cannot be read here, so that types of its columns were not looked at"),
    SELECT_STAR(
            Severity.WARN,
            "the outermost SELECT of a feature view or model takes all columns of what it reads, so that a new one becomes a feature"),
    UNUSED_COLUMN(Severity.INFO, "nothing reads a column of a source or feature view"),
    UNUSED_RELATION(Severity.INFO, "nothing reads a source"),
    FUTURE_WINDOW(
            Severity.WARN,
            "with `@time`: a window sees rows that come after its own, by its frame, without an order, or by what it computes"),
    PEER_WINDOW(
            Severity.WARN,
            "with `@time`: the frame of a window sees the rows of its own moment, of which nobody knows which came first"),
    UNBOUNDED_AGGREGATE(
            Severity.WARN,
            "with `@time`: an aggregate over all rows of an entity, later ones as well, is a feature of each"),
    UNBOUNDED_JOIN(
            Severity.WARN,
            "with `@time`: a join pairs each row of an entity with all its rows elsewhere, later ones as well"),
    CLOCK(Severity.WARN, "the SQL asks the clock, where `getvariable('as_of')` would give the same again"),
    RANDOM(Severity.WARN, "the SQL draws at random, so that a run cannot be repeated"),
    UNORDERED(Severity.WARN, "which value or row is taken depends on an order that the SQL does not give"),
    FLOAT_EQUALITY(Severity.WARN, "numbers that were computed with rounding are compared by `=` or `<>`"),
    SILENCE(Severity.INFO, "`@lint off` silences nothing");

    private final Severity severity;
    private final String meaning;

    LintRule(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** As written in directives and messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** Whether a file may silence it: what stops a run anyway cannot be. */
    public boolean silenceable() {
        return severity != Severity.ERROR && this != SILENCE;
    }

    /** The table of all rules in Markdown, as the README shows it; ends with a line break. */
    public static String markdown() {
        return Arrays.stream(values())
                .map(rule -> "| `" + rule.key() + "` | " + rule.severity.word() + " | " + rule.meaning + " |\n")
                .collect(Collectors.joining("", "| lint rule | severity | meaning |\n|---|---|---|\n", ""));
    }

    static Optional<LintRule> ofKey(String key) {
        return Arrays.stream(values()).filter(rule -> rule.key().equals(key)).findFirst();
    }

    static List<String> silenceableKeys() {
        return Arrays.stream(values())
                .filter(LintRule::silenceable)
                .map(LintRule::key)
                .toList();
    }
}
