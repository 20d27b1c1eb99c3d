package smew.project;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a source may differ from what the current release read, stated once: directives and the README's table come from here. */
public enum ContractKind {
    GONE(Relation.Severity.ERROR, "a column is no longer there"),
    RETYPED(Relation.Severity.ERROR, "a column has another type"),
    EMPTY(Relation.Severity.ERROR, "a column holds nothing but nulls, and held values"),
    ADDED(Relation.Severity.WARN, "a column is new"),
    ROWS(
            Relation.Severity.WARN,
            "fewer than 0.5 times as many rows, or more than 10 times; `@contract rows LOW..HIGH` sets other bounds"),
    NULLS(Relation.Severity.WARN, "the share of nulls of a column rose by more than 0.1"),
    RANGE(
            Relation.Severity.WARN,
            "numbers, dates or times lie further outside of the old range of a column than that range is wide"),
    VALUES(Relation.Severity.WARN, "a column of few different texts (at most 50, each for 20 rows) holds others");

    private final Relation.Severity severity;
    private final String meaning;

    ContractKind(Relation.Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** As written in directives. */
    public String key() {
        return DirectiveValue.word(this);
    }

    /** What it does unless a directive says otherwise. */
    public Relation.Severity severity() {
        return severity;
    }

    /** The table of all kinds in Markdown, as the README shows it; ends with a line break. */
    public static String markdown() {
        return Arrays.stream(values())
                .map(kind -> "| `" + kind.key() + "` | " + kind.severity.word() + " | " + kind.meaning + " |\n")
                .collect(Collectors.joining("", "| change | severity | meaning |\n|---|---|---|\n", ""));
    }
}
