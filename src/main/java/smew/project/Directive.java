package smew.project;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Every directive, stated once: parsing, errors and the README's table come from here. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of and references to static methods do not change.
public enum Directive {
    INPUT(
            "NAME = PATH",
            Set.of(Kind.SOURCE),
            Set.of(),
            DirectiveValue::input,
            "a variable the SQL reads with `getvariable('NAME')`; `--set NAME=…` overrides it; a path is relative to the"
                    + " project; globs allowed; may be repeated"),
    CONTRACT(
            "CHANGE error|warn|off [COLUMN, …] or rows LOW..HIGH",
            Set.of(Kind.SOURCE),
            Set.of(),
            ContractRules::validate,
            "what a change of the input since the current release does, such as `added off` or `range error amount`, or how many"
                    + " times as many rows are usual; may be repeated"),
    ENTITY(
            "COLUMN[, COLUMN…]",
            Set.of(Kind.FEATURE_VIEW, Kind.MODEL),
            Set.of(Kind.FEATURE_VIEW),
            DirectiveValue::columns,
            "entity key; a model inherits it from the one feature view it reads"),
    TIME(
            "COLUMN[, COLUMN…]",
            Set.of(Kind.SOURCE, Kind.FEATURE_VIEW, Kind.MODEL),
            Set.of(),
            DirectiveValue::columns,
            "event time, then columns that break ties (ties left over are broken by all columns and counted); inherited"
                    + " likewise; without it each entity must be unique"),
    LABEL(
            "COLUMN",
            Set.of(Kind.MODEL),
            Set.of(Kind.MODEL),
            DirectiveValue::column,
            "what to learn; rows with a null label are served but not learned from"),
    TASK(
            "classification|regression",
            Set.of(Kind.MODEL),
            Set.of(),
            value -> DirectiveValue.choice(Relation.Task.class, value),
            "default: from the label's type"),
    POSITIVE(
            "VALUE",
            Set.of(Kind.MODEL),
            Set.of(),
            DirectiveValue::unquoted,
            "the class that probability, threshold and plots speak of, in quotes if it begins or ends with a blank;"
                    + " default: the rarer of two"),
    ALGORITHM(
            "NAME key=value …",
            Set.of(Kind.MODEL),
            Set.of(),
            DirectiveValue::algorithm,
            "e.g. `random-forest trees=100 max-depth=16`; names and keys are listed by `smew algorithms`; default:"
                    + " `random-forest`"),
    SPLIT(
            "entity|time|random FRACTION",
            Set.of(Kind.MODEL),
            Set.of(),
            DirectiveValue::split,
            "held-out rows; default `entity 0.3` where an entity has several rows, else `random 0.3`"),
    FOLDS(
            "N",
            Set.of(Kind.MODEL),
            Set.of(),
            DirectiveValue::folds,
            "cross-validation as well: as many models, each evaluated on the part of all labelled rows that it did not learn from,"
                    + " parted by the rule of `@split`; from 2 to 20; default: none"),
    RESAMPLE(
            "none|smote|class-weight",
            Set.of(Kind.MODEL),
            Set.of(),
            value -> DirectiveValue.choice(Relation.Resample.class, value),
            "touches training rows only, never held-out ones; default `none`"),
    MISSING(
            "zero|median|error",
            Set.of(Kind.MODEL),
            Set.of(),
            value -> DirectiveValue.choice(Relation.Missing.class, value),
            "replacement for null numbers, learned on training rows and kept in the model; default `median`"),
    CALIBRATE(
            "none|auto|isotonic|platt [FRACTION]",
            Set.of(Kind.MODEL),
            Set.of(),
            Calibrate::of,
            "corrects probabilities on rows of their own: FRACTION (default 0.2) of those not held out, by the rule of `@split`;"
                    + " `auto` takes what has the least log loss there; default: `auto` where `@threshold` chooses by a"
                    + " rule, else `none`"),
    THRESHOLD(
            "VALUE|f1|youden|precision VALUE|recall VALUE|cost fp=COST fn=COST",
            Set.of(Kind.MODEL),
            Set.of(),
            ThresholdRule::of,
            "of two classes: from which probability on a row is positive, as written or chosen on the rows of `@calibrate`;"
                    + " default: the more probable class"),
    FEATURES(
            "drop|keep COLUMN[, COLUMN…]",
            Set.of(Kind.MODEL),
            Set.of(),
            ModelFeatures::of,
            "columns of the SELECT that are no inputs, or the only ones that are; the others stay in the online rows; may be"
                    + " repeated"),
    SEED(
            "N",
            Set.of(Kind.MODEL),
            Set.of(),
            DirectiveValue::whole,
            "default 42; same inputs, SQL, as-of and seed give the same model, bit for bit"),
    REQUIRE(
            "FIGURE >=|<= NUMBER",
            Set.of(Kind.MODEL),
            Set.of(),
            value -> DirectiveValue.requirement(value, 1),
            "what the model has to reach on held-out rows, such as `auc >= 0.70`, or its release does not become current;"
                    + " may be repeated"),
    ALLOW(
            "LEAK-KIND COLUMN REASON",
            Set.of(Kind.FEATURE_VIEW, Kind.MODEL),
            Set.of(),
            value -> DirectiveValue.allowance(value, 1),
            "a known exception, so that a leak of this kind in this column stops nothing; `*` for every column and for rows;"
                    + " may be repeated"),
    UNIQUE(
            "COLUMN[, COLUMN…]",
            CheckValue.PLACES,
            Set.of(),
            DirectiveValue::columns,
            "no two rows have the same values in these columns together; rows with a null in one of them do not count"
                    + CheckValue.REPEATED),
    NOT_NULL(
            "COLUMN[, COLUMN…]",
            CheckValue.PLACES,
            Set.of(),
            DirectiveValue::columns,
            "every row has a value in each of these columns" + CheckValue.REPEATED),
    ACCEPTED(
            "COLUMN VALUE[, VALUE…]",
            CheckValue.PLACES,
            Set.of(),
            CheckValue::accepted,
            "the column holds these values and no others, or null; quotes for a value with a comma or blanks at its ends"
                    + CheckValue.REPEATED),
    RANGE(
            "COLUMN FROM..TO",
            CheckValue.PLACES,
            Set.of(),
            CheckValue::range,
            "values lie from FROM to TO, or are null; one end may be left out, `<` beside the dots leaves the bound itself out,"
                    + " as in `0<..`, and `as-of` is the as-of date" + CheckValue.REPEATED),
    RELATIONSHIP(
            "COLUMN -> RELATION.COLUMN",
            CheckValue.PLACES,
            Set.of(),
            CheckValue::relationship,
            "every value but null is also in that column of another source or feature view" + CheckValue.REPEATED),
    FRESHNESS(
            "COLUMN <= N days|weeks",
            CheckValue.PLACES,
            Set.of(),
            CheckValue::freshness,
            "the newest date up to the as-of date is not older than this" + CheckValue.REPEATED),
    SEVERITY(
            "[LEAK-KIND | DIRECTIVE [COLUMN]] error|warn",
            Set.of(Kind.SOURCE, Kind.FEATURE_VIEW, Kind.MODEL, Kind.CHECK),
            Set.of(),
            DirectiveValue::severity,
            "in checks nothing else: a failing `error` check stops the release; default `error`; elsewhere: whether a leak of this"
                    + " kind does, or a check that the file declares, such as `range age`; may be repeated there"),
    AS_OF(
            "DATE",
            Set.of(Kind.TEST),
            Set.of(),
            DirectiveValue::date,
            "what is today in the test; required where something that it runs asks for it"),
    LINT(
            "off RULE REASON",
            Set.of(Kind.values()),
            Set.of(),
            value -> Silence.of(value, 1),
            "silences what a rule of `smew lint` finds in this file; may be repeated"),
    TOLERANCE(
            "SHARE",
            Set.of(Kind.TEST),
            Set.of(),
            DirectiveValue::tolerance,
            "by what share of them floating-point numbers may differ from expected ones; default `0.000001`, `0` for none");

    private final String syntax;
    private final Set<Kind> allowed;
    private final Set<Kind> required;
    private final BiConsumer<Kind, String> reader;
    private final String meaning;

    Directive(String syntax, Set<Kind> allowed, Set<Kind> required, Consumer<String> reader, String meaning) {
        this(syntax, allowed, required, (_, value) -> reader.accept(value), meaning);
    }

    Directive(String syntax, Set<Kind> allowed, Set<Kind> required, BiConsumer<Kind, String> reader, String meaning) {
        this.syntax = syntax;
        this.allowed = allowed;
        this.required = required;
        this.reader = reader;
        this.meaning = meaning;
    }

    /** As written after the {@code @}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The whole line without its dashes: {@code @label COLUMN}. */
    public String syntax() {
        return "@" + key() + " " + syntax;
    }

    /** What it says and what holds without it, in Markdown. */
    public String meaning() {
        return meaning;
    }

    public boolean allowedIn(Kind kind) {
        return allowed.contains(kind);
    }

    public boolean requiredIn(Kind kind) {
        return required.contains(kind);
    }

    /** Whether one file may hold it more than once. */
    public boolean repeatsIn(Kind kind) {
        return Set.of(INPUT, CONTRACT, FEATURES, REQUIRE, ALLOW, LINT).contains(this)
                || declaresCheck()
                || (this == SEVERITY && kind != Kind.CHECK);
    }

    /** Whether it is a check of the rows of its relation. */
    boolean declaresCheck() {
        return EnumSet.of(UNIQUE, NOT_NULL, ACCEPTED, RANGE, RELATIONSHIP, FRESHNESS)
                .contains(this);
    }

    /** The folders whose files may hold it, as a list for people. */
    public String places() {
        return Arrays.stream(Kind.values())
                .filter(this::allowedIn)
                .map(kind -> kind.folder() + (requiredIn(kind) ? " (required)" : ""))
                .collect(Collectors.joining(", "));
    }

    /** The table of all directives in Markdown, as the README shows it; ends with a line break. */
    public static String markdown() {
        return Arrays.stream(values())
                .map(directive -> "| `" + directive.syntax().replace("|", "\\|") + "` | " + directive.places() + " | "
                        + directive.meaning + " |\n")
                .collect(Collectors.joining("", "| directive | in | meaning |\n|---|---|---|\n", ""));
    }

    static Optional<Directive> ofKey(String key) {
        return Arrays.stream(values())
                .filter(directive -> directive.key().equals(key))
                .findFirst();
    }

    static List<String> keysIn(Kind kind) {
        return Arrays.stream(values())
                .filter(directive -> directive.allowedIn(kind))
                .map(directive -> "@" + directive.key())
                .toList();
    }

    /**
     * Validates a value.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    void validate(Kind kind, String value) {
        reader.accept(kind, value);
    }
}
