package smew.features;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import smew.duck.Duck;
import smew.features.Comparison.Differences;
import smew.features.Stage.Change;
import smew.project.LeakKind;
import smew.project.Relation;

/** Replays one feature view or model and tells what in it changes, and why. */
final class RelationReplay {

    /**
     * How many times as many rows must change with the sources cut as with their rows in another order: ties that an ORDER BY
     * leaves open fall out differently in both, and tell nothing about the future.
     */
    private static final long MORE_THAN_CHANCE = 4;

    private final Duck duck;
    private final LocalDate asOf;
    private final Stage stage;
    private final Relation relation;
    private final Comparison comparison;
    private final String time;
    private final Clock clock;

    /** What a change of the sources did to the rows before a moment. */
    private record Seen(Moment moment, Change change, Differences differences) {}

    /**
     * One thing that was found.
     *
     * @param column empty: rows
     * @param from what the relation reads that brings the later rows, where that is known
     */
    record Found(LeakKind kind, Optional<String> column, Evidence evidence, Optional<Relation> from) {}

    /**
     * What a sentence about it needs.
     *
     * @param day the other as-of date, where it is about that
     */
    record Evidence(
            Moment moment,
            Optional<LocalDate> day,
            Differences differences,
            Optional<Comparison.Example> example,
            Optional<Comparison.Example> come) {}

    /**
     * What a replay tells.
     *
     * @param moments at which sources were cut
     * @param chance columns, or {@code rows}, that also change with the order of the sources' rows
     */
    record Outcome(List<Moment> moments, long rows, List<Found> found, Set<String> chance) {}

    RelationReplay(
            Duck duck, LocalDate asOf, Stage stage, Relation relation, Comparison comparison, Timeline.EventTime time) {
        this.duck = duck;
        this.asOf = asOf;
        this.stage = stage;
        this.relation = relation;
        this.comparison = comparison;
        this.time = time.column();
        this.clock = time.clock();
    }

    /**
     * Replays the relation.
     *
     * @param moments one at least
     * @param exempt a column that may look ahead
     */
    Outcome at(List<Moment> moments, Optional<String> exempt) {
        List<Seen> cut = new ArrayList<>();
        for (Moment moment : moments) {
            cut.add(see(moment, Change.cut(moment)));
        }
        Optional<Seen> dated =
                stage.asksForToday(relation, clock) ? Optional.of(onItsDay(cut.get(cut.size() / 2))) : Optional.empty();
        List<Found> found = new ArrayList<>();
        Set<String> chance = new LinkedHashSet<>();
        Map<String, Seen> worst = new LinkedHashMap<>();
        for (Seen seen : cut) {
            seen.differences()
                    .changed()
                    .keySet()
                    .forEach(column -> worst.merge(
                            column,
                            seen,
                            (left, right) -> left.differences().changed(column)
                                            >= right.differences().changed(column)
                                    ? left
                                    : right));
        }
        Map<String, Seen> today = new LinkedHashMap<>();
        dated.ifPresent(seen -> seen.differences().changed().keySet().stream()
                .filter(column -> !worst.containsKey(column))
                .forEach(column -> today.put(column, seen)));
        exempt.ifPresent(worst::remove);
        exempt.ifPresent(today::remove);
        Optional<Seen> rows = cut.stream()
                .max(Comparator.comparingLong(RelationReplay::moved))
                .filter(seen -> moved(seen) > 0);
        if (worst.isEmpty() && today.isEmpty() && rows.isEmpty()) {
            return outcome(cut, found, chance);
        }
        Differences order = see(cut.getLast().moment(), Change.order()).differences();
        worst.forEach((column, seen) -> judge(LeakKind.FUTURE, column, seen, order, found, chance));
        today.forEach((column, seen) -> judge(LeakKind.AS_OF, column, seen, order, found, chance));
        rows.ifPresent(seen -> {
            if (isChance(moved(seen), order.gone() + order.come())) {
                chance.add("rows");
            } else {
                found.add(rows(seen));
            }
        });
        return outcome(cut, found, chance);
    }

    private static Outcome outcome(List<Seen> cut, List<Found> found, Set<String> chance) {
        return new Outcome(
                cut.stream().map(Seen::moment).toList(),
                cut.stream().mapToLong(seen -> seen.differences().rows()).max().orElse(0),
                found,
                chance);
    }

    private static long moved(Seen seen) {
        return seen.differences().gone() + seen.differences().come();
    }

    private static boolean isChance(long changed, long byOrder) {
        return byOrder > 0 && changed <= MORE_THAN_CHANCE * byOrder;
    }

    private Seen see(Moment moment, Change change) {
        String other = stage.set(relation, clock, change);
        return new Seen(moment, change, comparison.with(other, moment.before(time)));
    }

    /** The same cut, seen on the day of the cut: what the run would have said then. */
    private Seen onItsDay(Seen cut) {
        LocalDate day = cut.moment().day().orElse(asOf.minusYears(1));
        return onDay(day, () -> see(cut.moment(), cut.change().on(day)));
    }

    private <T> T onDay(LocalDate day, java.util.function.Supplier<T> work) {
        duck.variable("as_of", day);
        try {
            return work.get();
        } finally {
            duck.variable("as_of", asOf);
        }
    }

    private void judge(
            LeakKind kind, String column, Seen seen, Differences order, List<Found> found, Set<String> chance) {
        if (isChance(seen.differences().changed(column), order.changed(column))) {
            chance.add(column);
            return;
        }
        Optional<Relation> from =
                kind == LeakKind.FUTURE ? origin(seen, other -> other.changed(column) == 0) : Optional.empty();
        Evidence evidence = again(
                seen,
                other -> new Evidence(
                        seen.moment(),
                        seen.change().day(),
                        seen.differences(),
                        comparison.example(column, other, seen.moment().before(time)),
                        Optional.empty()));
        found.add(new Found(kind, Optional.of(column), evidence, from));
    }

    private Found rows(Seen seen) {
        String where = seen.moment().before(time);
        Evidence evidence = again(
                seen,
                other -> new Evidence(
                        seen.moment(),
                        Optional.empty(),
                        seen.differences(),
                        comparison.exampleRow(true, other, where),
                        comparison.exampleRow(false, other, where)));
        return new Found(
                LeakKind.ROWS, Optional.empty(), evidence, origin(seen, other -> other.gone() + other.come() == 0));
    }

    private <T> T again(Seen seen, java.util.function.Function<String, T> look) {
        return seen.change()
                .day()
                .map(day -> onDay(day, () -> look.apply(stage.set(relation, clock, seen.change()))))
                .orElseGet(() -> look.apply(stage.set(relation, clock, seen.change())));
    }

    /** What the relation reads whose later rows are looked at: with it whole and all others cut, nothing changes. */
    private Optional<Relation> origin(Seen seen, java.util.function.Predicate<Differences> healed) {
        List<Relation> reached = stage.reached(relation, clock);
        return reached.size() == 1
                ? Optional.of(reached.getFirst())
                : reached.stream()
                        .filter(other -> healed.test(
                                see(seen.moment(), seen.change().without(other)).differences()))
                        .findFirst();
    }
}
