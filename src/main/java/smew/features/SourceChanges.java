package smew.features;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import smew.project.ContractKind;
import smew.project.ContractRules;
import smew.project.Directive;
import smew.project.Relation;
import smew.release.InputChanges;
import smew.release.RelationProfile;
import smew.release.RelationProfile.Column;

/** Compares one source with what it was. */
final class SourceChanges {

    /** By how much the share of nulls may rise. */
    private static final double NULLS = 0.1;

    private final Relation.Source source;
    private final RelationProfile before;
    private final RelationProfile now;
    private final boolean rewritten;
    private final String files;
    private final ContractRules rules;
    private final List<InputChanges.Change> changes = new ArrayList<>();

    /**
     * Prepares a comparison.
     *
     * @param rewritten its SQL is another, so that changes may be meant: none of them stops
     * @param files that it read now
     */
    SourceChanges(
            Relation.Source source, RelationProfile before, RelationProfile now, boolean rewritten, String files) {
        this.source = source;
        this.before = before;
        this.now = now;
        this.rewritten = rewritten;
        this.files = files;
        this.rules = ContractRules.of(source.file());
    }

    /**
     * Every change.
     *
     * @param release the older one
     * @param others files that it read
     */
    List<InputChanges.Change> found(String release, String others) {
        String was = " in release " + release + (others.equals(files) ? "" : " (" + others + ")");
        rows(was);
        for (Column old : before.columns()) {
            now.column(old.name())
                    .ifPresentOrElse(
                            column -> compare(old, column, was),
                            () -> add(
                                    ContractKind.GONE,
                                    Optional.of(old.name()),
                                    "column " + old.name() + " is gone, was " + old.type() + was));
        }
        for (Column column : now.columns()) {
            if (before.column(column.name()).isEmpty()) {
                add(
                        ContractKind.ADDED,
                        Optional.of(column.name()),
                        "column " + column.name() + " is new, of type " + column.type() + "; there was none" + was);
            }
        }
        return changes;
    }

    private void add(ContractKind kind, Optional<String> column, String text) {
        rules.severity(kind, column).ifPresent(severity -> {
            boolean softened = rewritten && severity == Relation.Severity.ERROR;
            changes.add(new InputChanges.Change(
                    source.name(),
                    source.file().where(Directive.INPUT),
                    kind.key(),
                    column,
                    (softened ? Relation.Severity.WARN : severity).word(),
                    "reads " + files + ": " + text + (softened ? "; the SQL of the source changed as well" : "")));
        });
    }

    private void rows(String was) {
        double ratio = (double) now.rows() / before.rows();
        if (ratio < rules.fewest() || ratio > rules.most()) {
            add(
                    ContractKind.ROWS,
                    Optional.empty(),
                    FeatureRun.rows(now.rows()) + ", were " + String.format(Locale.ROOT, "%,d", before.rows()) + was
                            + ", expected " + plain(rules.fewest()) + " to " + plain(rules.most()) + " times as many");
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private void compare(Column old, Column column, String was) {
        if (!old.type().equals(column.type())) {
            add(
                    ContractKind.RETYPED,
                    Optional.of(column.name()),
                    "column " + column.name() + " is " + column.type() + ", was " + old.type() + was);
            return;
        }
        nulls(old, column, was);
        range(old, column, was);
        values(old, column, was);
    }

    private void nulls(Column old, Column column, String was) {
        double then = (double) old.nulls() / before.rows();
        double share = (double) column.nulls() / now.rows();
        if (column.nulls() == now.rows() && old.nulls() < before.rows()) {
            add(
                    ContractKind.EMPTY,
                    Optional.of(column.name()),
                    "column " + column.name() + " is null in all rows, was in " + percent(then) + was);
        } else if (share - then > NULLS) {
            add(
                    ContractKind.NULLS,
                    Optional.of(column.name()),
                    "column " + column.name() + " is null in " + percent(share) + " of the rows, was in "
                            + percent(then) + was);
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private void range(Column old, Column column, String was) {
        OptionalDouble from = measure(old.type(), old.smallest());
        OptionalDouble to = measure(old.type(), old.largest());
        OptionalDouble low = measure(column.type(), column.smallest());
        OptionalDouble high = measure(column.type(), column.largest());
        if (from.isEmpty() || to.isEmpty() || low.isEmpty() || high.isEmpty()) {
            return;
        }
        double width = to.getAsDouble() - from.getAsDouble();
        // One value has no width, and says nothing of how far others may lie from it.
        if (width > 0
                && (low.getAsDouble() < from.getAsDouble() - width || high.getAsDouble() > to.getAsDouble() + width)) {
            add(
                    ContractKind.RANGE,
                    Optional.of(column.name()),
                    "column " + column.name() + " lies from "
                            + column.smallest().orElse("") + " to "
                            + column.largest().orElse("") + ", lay from "
                            + old.smallest().orElse("") + " to " + old.largest().orElse("") + was);
        }
    }

    /** As a number: dates and timestamps in seconds. Years beyond 9999 are not measured. */
    private static OptionalDouble measure(String type, Optional<String> text) {
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return switch (type) {
                case "DATE" -> OptionalDouble.of(LocalDate.parse(text.get()).toEpochDay() * 86_400.0);
                case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" ->
                    OptionalDouble.of((double)
                            LocalDateTime.parse(text.get().replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC));
                default -> OptionalDouble.of(Double.parseDouble(text.get()));
            };
        } catch (DateTimeParseException | NumberFormatException unmeasured) {
            return OptionalDouble.empty();
        }
    }

    private void values(Column old, Column column, String was) {
        if (old.values().isEmpty() || column.values().isEmpty()) {
            return;
        }
        List<String> unseen = column.values().get().stream()
                .filter(value -> !old.values().get().contains(value))
                .toList();
        if (!unseen.isEmpty()) {
            add(
                    ContractKind.VALUES,
                    Optional.of(column.name()),
                    "column " + column.name() + " holds " + some(unseen) + ", which it did not" + was
                            + ", where it held " + some(old.values().get()));
        }
    }

    private static String some(List<String> values) {
        List<String> shown =
                values.stream().limit(5).map(value -> "'" + value + "'").toList();
        return String.join(", ", shown) + (values.size() > 5 ? " and " + (values.size() - 5) + " more" : "");
    }
}
