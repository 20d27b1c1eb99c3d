package smew.project;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import smew.base.Near;

/** Strict readers of what may stand behind a directive's key. Each throws {@link IllegalArgumentException} saying what is wrong. */
final class DirectiveValue {

    static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern COLUMN = Pattern.compile("\\s*(?:(" + NAME + ")|\"((?:[^\"]|\"\")+)\")\\s*(,|$)");
    private static final Pattern INPUT = Pattern.compile("(\\S+)\\s*=\\s*(.+)");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern ALLOWANCE =
            Pattern.compile("(\\S+)\\s+(\\*|[^\\s\"]+|\"(?:[^\"]|\"\")+\")\\s+(\\S.*)");
    private static final Pattern REQUIREMENT = Pattern.compile("([^\\s<>=]+)\\s*(>=|<=)\\s*([^\\s<>=]+)");
    private static final Pattern PARAMETER = Pattern.compile("([^=]+)=([^=]+)");

    private DirectiveValue() {}

    /** Column names, each once; a name that is no plain identifier is written in double quotes. */
    static List<String> columns(String value) {
        List<String> columns = new ArrayList<>();
        Matcher matcher = COLUMN.matcher(value);
        int at = 0;
        boolean more = true;
        while (more) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException(
                        "no column name at '" + value.substring(at).strip() + "'");
            }
            String plain = matcher.group(1);
            String column = plain != null ? plain : matcher.group(2).replace("\"\"", "\"");
            if (columns.stream().anyMatch(column::equalsIgnoreCase)) {
                throw new IllegalArgumentException("column " + column + " is named twice");
            }
            columns.add(column);
            more = matcher.group(3).equals(",");
            at = matcher.end();
        }
        return columns;
    }

    static String column(String value) {
        List<String> columns = columns(value);
        if (columns.size() > 1) {
            throw new IllegalArgumentException("one column is expected, not " + columns.size());
        }
        return columns.getFirst();
    }

    static Map.Entry<String, String> input(String value) {
        Matcher matcher = INPUT.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no NAME = PATH");
        }
        String name = matcher.group(1);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no variable name (letters, digits and _)");
        }
        if (name.equalsIgnoreCase("as_of")) {
            throw new IllegalArgumentException("as_of is the variable that holds the as-of date");
        }
        return Map.entry(name, unquoted(matcher.group(2)));
    }

    static Relation.Algorithm algorithm(String value) {
        List<String> words = List.of(value.split("\\s+"));
        String name = words.getFirst();
        if (!WORD.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of an algorithm (lower case and -)");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            Matcher matcher = PARAMETER.matcher(word);
            if (!matcher.matches() || !WORD.matcher(matcher.group(1)).matches()) {
                throw new IllegalArgumentException("'" + word + "' is no key=value without blanks");
            }
            if (parameters.put(matcher.group(1), matcher.group(2)) != null) {
                throw new IllegalArgumentException("parameter " + matcher.group(1) + " is given twice");
            }
        }
        return new Relation.Algorithm(name, parameters);
    }

    static Relation.Split split(String value) {
        List<String> words = List.of(value.split("\\s+"));
        if (words.size() != 2) {
            throw new IllegalArgumentException("two words are expected, not " + words.size());
        }
        Relation.SplitBy by = choice(Relation.SplitBy.class, words.getFirst());
        return new Relation.Split(by, fraction(words.get(1)));
    }

    /** A share that leaves something over. */
    static double fraction(String word) {
        double fraction = number(word);
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("the fraction " + word + " is not above 0 and below 1");
        }
        return fraction;
    }

    static double number(String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + word + "' is no number", notANumber);
        }
    }

    static long whole(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + value + "' is no whole number of 64 bits", notANumber);
        }
    }

    /** How many parts take turns. */
    static int folds(String value) {
        long folds = whole(value);
        if (folds < 2 || folds > 20) {
            throw new IllegalArgumentException(folds + " folds are not from 2 to 20");
        }
        return (int) folds;
    }

    /** {@code error} or {@code warn} in a check; of a leak kind or a built-in check elsewhere. */
    static Relation.Severity severity(Kind kind, String value) {
        return switch (kind) {
            case CHECK, TEST -> weight(value);
            case MODEL -> leakSeverity(value).getValue();
            case SOURCE -> CheckValue.severity(value).severity();
            case FEATURE_VIEW ->
                CheckValue.isSeverity(value)
                        ? CheckValue.severity(value).severity()
                        : leakOrCheck(value).getValue();
        };
    }

    /** Where both may stand, an error names both. */
    private static Map.Entry<LeakKind, Relation.Severity> leakOrCheck(String value) {
        try {
            return leakSeverity(value);
        } catch (IllegalArgumentException wrong) {
            String checks = CheckValue.declaring().stream().map(Directive::key).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(wrong.getMessage() + "; built-in checks are " + checks, wrong);
        }
    }

    static LocalDate date(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException noDate) {
            throw new IllegalArgumentException("'" + value + "' is no date such as 2021-09-17", noDate);
        }
    }

    /** A share that may be nothing. */
    static double tolerance(String value) {
        double share = number(value);
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the share " + value + " is not from 0 to below 1");
        }
        return share;
    }

    /** {@code LEAK-KIND error|warn}. */
    static Map.Entry<LeakKind, Relation.Severity> leakSeverity(String value) {
        List<String> words = List.of(value.split("\\s+"));
        if (words.size() != 2) {
            throw new IllegalArgumentException("a leak kind and a severity are expected");
        }
        return Map.entry(leakKind(words.getFirst()), weight(words.get(1)));
    }

    static Relation.Severity weight(String word) {
        return choice(List.of(Relation.Severity.ERROR, Relation.Severity.WARN), word);
    }

    /** {@code LEAK-KIND COLUMN REASON}, the column being {@code *} for any. */
    static LeakRules.Allowance allowance(String value, int line) {
        Matcher matcher = ALLOWANCE.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a leak kind, a column or *, and a reason are expected");
        }
        String column = matcher.group(2);
        return new LeakRules.Allowance(
                leakKind(matcher.group(1)),
                column.equals(LeakRules.ANY) ? Optional.empty() : Optional.of(column(column)),
                matcher.group(3),
                line);
    }

    /** {@code FIGURE >= NUMBER} or {@code FIGURE <= NUMBER}. */
    static Requirement requirement(String value, int line) {
        Matcher matcher = REQUIREMENT.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a figure, >= or <=, and a number are expected");
        }
        List<Figure> figures = Arrays.stream(Figure.values())
                .filter(figure -> figure.better() != Figure.Better.NEITHER)
                .toList();
        Figure figure = choice(figures, Figure::key, matcher.group(1));
        String number = matcher.group(3);
        double bound;
        try {
            bound = Double.parseDouble(number);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + number + "' is no number", notANumber);
        }
        if (!Double.isFinite(bound)) {
            throw new IllegalArgumentException("'" + number + "' is no bound");
        }
        return new Requirement(figure, matcher.group(2).equals("<="), bound, number, line);
    }

    private static LeakKind leakKind(String word) {
        return choice(Arrays.stream(LeakKind.values()).filter(LeakKind::ruled).toList(), word);
    }

    /** A column as a directive has it, in quotes where it needs them. */
    static String columnWord(String column) {
        return NAME.matcher(column).matches() ? column : '"' + column.replace("\"", "\"\"") + '"';
    }

    /** A constant of an enum, written in lower case with {@code -} for {@code _}. */
    static <E extends Enum<E>> E choice(Class<E> type, String value) {
        return choice(List.of(type.getEnumConstants()), value);
    }

    private static <E extends Enum<E>> E choice(List<E> constants, String value) {
        return choice(constants, DirectiveValue::word, value);
    }

    static <E extends Enum<E>> E choice(List<E> constants, Function<E, String> word, String value) {
        List<String> words = constants.stream().map(word).toList();
        int index = words.indexOf(value);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + value + "' is none of " + String.join(", ", words) + near(value, words));
        }
        return constants.get(index);
    }

    /** A value that may be quoted, to keep blanks at its ends. */
    static String unquoted(String value) {
        for (String quote : Arrays.asList("'", "\"")) {
            if (value.length() >= 2 && value.startsWith(quote) && value.endsWith(quote)) {
                String inner = value.substring(1, value.length() - 1).replace(quote + quote, quote);
                if (inner.isEmpty()) {
                    throw new IllegalArgumentException("nothing stands between the quotes");
                }
                return inner;
            }
        }
        return value;
    }

    /** {@code " (did you mean X?)"}, or nothing. */
    static String near(String value, List<String> words) {
        return Near.name(value, words)
                .map(word -> " (did you mean " + word + "?)")
                .orElse("");
    }

    /** A constant as it is written. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
