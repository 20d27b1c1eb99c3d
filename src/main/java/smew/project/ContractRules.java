package smew.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.project.SqlFile.DirectiveLine;

/**
 * What one source says of changes of its input: {@code @contract}.
 *
 * @param rules in file order; the last one that fits decides
 * @param fewest how many times as many rows as before there may be at least
 * @param most and at most
 */
public record ContractRules(List<Rule> rules, double fewest, double most) {

    /** Half of the rows may be missing, and a history may grow tenfold, before anybody is told. */
    private static final double FEWEST = 0.5;

    private static final double MOST = 10;

    private static final Pattern BOUNDS = Pattern.compile("rows\\s+([0-9.]+)\\.\\.([0-9.]+)");
    private static final Pattern RULE = Pattern.compile("(\\S+)\\s+(\\S+)(?:\\s+(\\S.*))?");

    public ContractRules {
        rules = List.copyOf(rules);
    }

    /** What a change does. */
    private enum Effect {
        ERROR,
        WARN,
        OFF
    }

    /**
     * What one kind of change does.
     *
     * @param severity empty: nothing
     * @param columns in lower case; empty: any
     * @param line of the file, from 1
     */
    public record Rule(ContractKind kind, Optional<Relation.Severity> severity, List<String> columns, int line) {
        public Rule {
            columns = List.copyOf(columns);
        }

        boolean covers(ContractKind other, Optional<String> column) {
            return kind == other
                    && (columns.isEmpty()
                            || column.map(name -> columns.contains(name.toLowerCase(Locale.ROOT)))
                                    .orElse(false));
        }
    }

    /** The rules of a source. */
    public static ContractRules of(SqlFile file) {
        List<Rule> rules = new ArrayList<>();
        double fewest = FEWEST;
        double most = MOST;
        for (DirectiveLine line : file.directives()) {
            if (line.directive() == Directive.CONTRACT) {
                Matcher bounds = BOUNDS.matcher(line.value());
                if (bounds.matches()) {
                    fewest = DirectiveValue.number(bounds.group(1));
                    most = DirectiveValue.number(bounds.group(2));
                } else {
                    rules.add(rule(line.value(), line.line()));
                }
            }
        }
        return new ContractRules(rules, fewest, most);
    }

    /** Refuses a value that says nothing. */
    static void validate(String value) {
        Matcher bounds = BOUNDS.matcher(value);
        if (!bounds.matches()) {
            rule(value, 1);
        } else if (!(DirectiveValue.number(bounds.group(1)) < DirectiveValue.number(bounds.group(2)))) {
            throw new IllegalArgumentException(bounds.group(1) + " is not below " + bounds.group(2));
        }
    }

    private static Rule rule(String value, int line) {
        Matcher matcher = RULE.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a kind of change and error, warn or off are expected");
        }
        ContractKind kind = DirectiveValue.choice(ContractKind.class, matcher.group(1));
        Effect effect = DirectiveValue.choice(Effect.class, matcher.group(2));
        List<String> columns = matcher.group(3) == null ? List.of() : DirectiveValue.columns(matcher.group(3));
        if (kind == ContractKind.ROWS && !columns.isEmpty()) {
            throw new IllegalArgumentException("rows are counted of the whole source, without a column");
        }
        Optional<Relation.Severity> severity = switch (effect) {
            case ERROR -> Optional.of(Relation.Severity.ERROR);
            case WARN -> Optional.of(Relation.Severity.WARN);
            case OFF -> Optional.empty();
        };
        return new Rule(
                kind,
                severity,
                columns.stream().map(column -> column.toLowerCase(Locale.ROOT)).toList(),
                line);
    }

    /** What a change does; empty: nothing. */
    public Optional<Relation.Severity> severity(ContractKind kind, Optional<String> column) {
        return rules.reversed().stream()
                .filter(rule -> rule.covers(kind, column))
                .findFirst()
                .map(Rule::severity)
                .orElse(Optional.of(kind.severity()));
    }
}
