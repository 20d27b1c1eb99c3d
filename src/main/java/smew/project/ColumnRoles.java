package smew.project;

import java.util.List;
import java.util.Optional;

/** One column has one role: entity, event time or label. Only a tie breaker may repeat an entity column. */
final class ColumnRoles {

    private ColumnRoles() {}

    static void keepApart(
            Draft draft, List<String> entity, List<String> time, Optional<String> label, Findings findings) {
        if (!time.isEmpty() && contains(entity, time.getFirst())) {
            findings.add(
                    draft.path(),
                    draft.header().line(Directive.TIME),
                    "Column " + time.getFirst()
                            + " is the event time and also part of the entity. Name another column.");
        }
        label.filter(column -> contains(entity, column) || contains(time, column))
                .ifPresent(column -> findings.add(
                        draft.path(),
                        draft.header().line(Directive.LABEL),
                        "Column " + column + " is the label and also part of the entity or event time. Name another"
                                + " column."));
    }

    private static boolean contains(List<String> columns, String column) {
        return columns.stream().anyMatch(column::equalsIgnoreCase);
    }
}
