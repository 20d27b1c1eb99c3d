package smew.project;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import smew.project.SqlFile.DirectiveLine;

/**
 * What one SQL file says of leaks that are found in it: {@code @allow} and {@code @severity}.
 *
 * @param allowances known exceptions, in file order
 * @param severities of kinds that are not to have their own
 */
public record LeakRules(List<Allowance> allowances, Map<LeakKind, Relation.Severity> severities) {

    /** In place of a column: every finding of the kind. */
    static final String ANY = "*";

    public LeakRules {
        allowances = List.copyOf(allowances);
        severities = Map.copyOf(severities);
    }

    /**
     * One known exception.
     *
     * @param column empty: every finding of the kind
     * @param line of the file, from 1
     */
    public record Allowance(LeakKind kind, Optional<String> column, String reason, int line) {

        boolean covers(Leak leak) {
            return kind == leak.kind()
                    && column.map(name ->
                                    leak.column().filter(name::equalsIgnoreCase).isPresent())
                            .orElse(true);
        }

        /** As a person would name it: {@code @allow as-of age}. */
        String text() {
            return "@allow " + kind.key() + " " + column.orElse(ANY);
        }
    }

    /** The rules of a feature view or model. */
    static LeakRules of(SqlFile file) {
        List<Allowance> allowances = new ArrayList<>();
        Map<LeakKind, Relation.Severity> severities = new EnumMap<>(LeakKind.class);
        for (DirectiveLine line : file.directives()) {
            if (line.directive() == Directive.ALLOW) {
                allowances.add(DirectiveValue.allowance(line.value(), line.line()));
            } else if (line.directive() == Directive.SEVERITY && !CheckValue.isSeverity(line.value())) {
                Map.Entry<LeakKind, Relation.Severity> rule = DirectiveValue.leakSeverity(line.value());
                severities.put(rule.getKey(), rule.getValue());
            }
        }
        return new LeakRules(allowances, severities);
    }

    /** A finding as it stands under these rules. */
    public Leak leak(LeakKind kind, String relation, Optional<String> column, String evidence, String cure) {
        return leak(kind, kind.severity(), relation, column, evidence, cure);
    }

    /**
     * The same, where the finding weighs less than others of its kind.
     *
     * @param usual its severity unless a directive says otherwise
     */
    public Leak leak(
            LeakKind kind,
            Relation.Severity usual,
            String relation,
            Optional<String> column,
            String evidence,
            String cure) {
        Leak found = new Leak(
                kind, severities.getOrDefault(kind, usual), relation, column, evidence, cure, Optional.empty());
        Optional<String> reason = allowances.stream()
                .filter(allowance -> allowance.covers(found))
                .map(Allowance::reason)
                .findFirst();
        return new Leak(kind, found.severity(), relation, column, evidence, cure, reason);
    }

    /**
     * Allowances of which nothing was found.
     *
     * @param found in this relation
     * @param tested kinds that were looked for
     */
    List<Allowance> stale(Collection<Leak> found, Set<LeakKind> tested) {
        return allowances.stream()
                .filter(allowance -> tested.contains(allowance.kind()))
                .filter(allowance -> found.stream().noneMatch(allowance::covers))
                .toList();
    }
}
