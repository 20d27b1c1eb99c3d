package smew.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every kind of leak that is tested for, stated once: directives, findings and the README's table come from here. */
public enum LeakKind {
    FUTURE(
            Relation.Severity.ERROR,
            "a value changes when later rows of the sources are taken away, so it looked into the future"),
    AS_OF(
            Relation.Severity.WARN,
            "a value of an old row changes with the as-of date alone, so it does not say what was known at the row's time"),
    ROWS(
            Relation.Severity.ERROR,
            "old rows come or go when later rows of the sources are taken away, so the future chose among them"),
    SEPARATION(Relation.Severity.ERROR, "an input alone tells the label apart, better than anything honest does"),
    LABEL_COPY(Relation.Severity.ERROR, "an input is the label itself, or a function of it"),
    ID(Relation.Severity.WARN, "an input is an id in disguise, by which a model can learn rows by heart"),
    SHARED_ENTITIES(Relation.Severity.WARN, "training rows and held-out rows have entities in common"),
    DUPLICATES(Relation.Severity.WARN, "rows with the same inputs and label are both learned from and held out"),
    SKEW(Relation.Severity.ERROR, "online rows, or answers to requests, are not what the model learned from"),
    PROTOCOL(
            Relation.Severity.INFO,
            "what a careless protocol would have printed of the same model; it never stops a release");

    private final Relation.Severity severity;
    private final String meaning;

    LeakKind(Relation.Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** As written in directives: {@code label-copy}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What holds where no directive says otherwise. */
    public Relation.Severity severity() {
        return severity;
    }

    /** What was found, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Whether directives decide what happens: not over what only informs. */
    boolean ruled() {
        return severity != Relation.Severity.INFO;
    }

    /** The table of all kinds in Markdown, as the README shows it; ends with a line break. */
    public static String markdown() {
        return Arrays.stream(values())
                .map(kind -> "| `" + kind.key() + "` | " + kind.severity.word() + " | " + kind.meaning + " |\n")
                .collect(Collectors.joining("", "| leak kind | severity | meaning |\n|---|---|---|\n", ""));
    }
}
