package smew.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strict readers of directives that declare a check, and of the severities of these. Each throws {@link
 * IllegalArgumentException} saying what is wrong.
 */
final class CheckValue {

    /** Where such directives may stand. A model learns from feature views, which may have them. */
    static final Set<Kind> PLACES = Set.of(Kind.SOURCE, Kind.FEATURE_VIEW);

    static final String REPEATED = "; may be repeated";

    private static final String COLUMN = "(" + DirectiveValue.NAME + "|\"(?:[^\"]|\"\")+\")";
    private static final Pattern OF_COLUMN = Pattern.compile(COLUMN + "\\s+(\\S.*)");
    private static final Pattern LISTED =
            Pattern.compile("\\s*(?:'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\"|([^,'\"]+?))\\s*(,|$)");
    private static final Pattern SPAN = Pattern.compile("([^\\s<>]*?)\\s*(<?)\\.\\.(<?)\\s*([^\\s<>]*)");
    private static final Pattern RELATIONSHIP = Pattern.compile(COLUMN + "\\s*->\\s*(\\w+)\\." + COLUMN);
    private static final Pattern FRESHNESS = Pattern.compile(COLUMN + "\\s*<=\\s*(\\d{1,5})\\s+(days?|weeks?)");
    private static final Pattern SEVERITY = Pattern.compile("(\\S+)(?:\\s+" + COLUMN + ")?\\s+(\\S+)");

    private static final int WEEK_DAYS = 7;

    private CheckValue() {}

    /** A column and what it may hold. */
    record Accepted(String column, List<String> values) {}

    /** A column and its bounds, one of them at least. */
    record Range(String column, Optional<DeclaredCheck.Bound> from, Optional<DeclaredCheck.Bound> to) {}

    /** A column and that of another relation. */
    record Relationship(String column, String relation, String target) {}

    /** A column and how many days old its newest value may be. */
    record Freshness(String column, int days) {}

    /**
     * How much a check weighs.
     *
     * @param column empty: all of the file by this directive
     */
    record Weight(Directive directive, Optional<String> column, Relation.Severity severity) {

        boolean covers(DeclaredCheck check) {
            return directive == check.written().directive()
                    && column.map(name -> check.columns().stream().anyMatch(name::equalsIgnoreCase))
                            .orElse(true);
        }
    }

    static Accepted accepted(String value) {
        Matcher matcher = match(OF_COLUMN, value, "a column and a list of values are expected");
        return new Accepted(DirectiveValue.column(matcher.group(1)), values(matcher.group(2)));
    }

    private static List<String> values(String list) {
        List<String> values = new ArrayList<>();
        Matcher matcher = LISTED.matcher(list);
        int at = 0;
        boolean more = true;
        while (more) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException(
                        "no value at '" + list.substring(at).strip() + "'");
            }
            String value = matcher.group(1) != null
                    ? matcher.group(1).replace("''", "'")
                    : matcher.group(2) != null ? matcher.group(2).replace("\"\"", "\"") : matcher.group(3);
            if (values.contains(value)) {
                throw new IllegalArgumentException("the value " + value + " is named twice");
            }
            values.add(value);
            more = matcher.group(4).equals(",");
            at = matcher.end();
        }
        return values;
    }

    static Range range(String value) {
        Matcher matcher = match(OF_COLUMN, value, "a column and its bounds are expected");
        Matcher span = match(SPAN, matcher.group(2), "'" + matcher.group(2) + "' are no bounds such as 0..100");
        Optional<DeclaredCheck.Bound> from = bound(span.group(1), span.group(2));
        Optional<DeclaredCheck.Bound> to = bound(span.group(4), span.group(3));
        if (from.isEmpty() && to.isEmpty()) {
            throw new IllegalArgumentException("both bounds are missing");
        }
        return new Range(DirectiveValue.column(matcher.group(1)), from, to);
    }

    private static Optional<DeclaredCheck.Bound> bound(String value, String sign) {
        if (value.isEmpty() && !sign.isEmpty()) {
            throw new IllegalArgumentException("no bound stands beside " + sign);
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(new DeclaredCheck.Bound(value, !sign.isEmpty()));
    }

    static Relationship relationship(String value) {
        Matcher matcher = match(RELATIONSHIP, value, "a column, -> and a column of another relation are expected");
        return new Relationship(
                DirectiveValue.column(matcher.group(1)), matcher.group(2), DirectiveValue.column(matcher.group(3)));
    }

    static Freshness freshness(String value) {
        Matcher matcher = match(FRESHNESS, value, "a column, <= and a number of days or weeks are expected");
        int count = Integer.parseInt(matcher.group(2));
        return new Freshness(
                DirectiveValue.column(matcher.group(1)),
                matcher.group(3).startsWith("week") ? count * WEEK_DAYS : count);
    }

    /** Whether a severity is that of a declared check, and not of a kind of leak. */
    static boolean isSeverity(String value) {
        String first = value.split("\\s+", 2)[0];
        return declaring().stream().anyMatch(directive -> directive.key().equals(first));
    }

    static Weight severity(String value) {
        Matcher matcher =
                match(SEVERITY, value, "a built-in check, a column of it or none, and a severity are expected");
        return new Weight(
                DirectiveValue.choice(declaring(), Directive::key, matcher.group(1)),
                Optional.ofNullable(matcher.group(2)).map(DirectiveValue::column),
                DirectiveValue.weight(matcher.group(3)));
    }

    /** Directives that declare a check. */
    static List<Directive> declaring() {
        return Arrays.stream(Directive.values())
                .filter(Directive::declaresCheck)
                .toList();
    }

    private static Matcher match(Pattern pattern, String value, String expected) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(expected);
        }
        return matcher;
    }
}
