package smew.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Directive;
import smew.project.Relation;

class FoldsTest {

    private static final int ROWS = 400;

    private static Table table(int entities, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.of(
                Tables.integers("id", random.longs(ROWS, 0, entities).toArray()),
                Tables.integers("day", random.longs(ROWS, 0, days).toArray()),
                Tables.integers(
                        "y", random.longs(ROWS, 0, 8).map(y -> y == 0 ? 1 : 0).toArray()));
    }

    /** Rows of a model, and how they are split. */
    private record Rows(Fitting fitting, Holdout holdout) {

        static Rows of(Table table, Relation.SplitBy by, long seed) {
            return of(table, by, seed, new BitSet());
        }

        static Rows of(Table table, Relation.SplitBy by, long seed, BitSet given) {
            Relation.Model model =
                    Tables.with(Tables.model("id", "y", "random-forest"), List.of("day"), new Relation.Split(by, 0.3));
            Target target =
                    Target.of(model, table.column("y").orElseThrow(), Order.of(table, List.of("id", "day", "y")));
            return new Rows(
                    new Fitting(model, table, target, seed),
                    given.isEmpty() ? Holdout.of(model, table, target, seed) : Holdout.given(model, target, given));
        }

        int[] all() {
            return IntStream.range(0, fitting.target().rows().length).toArray();
        }

        List<Folds.Fold> folds(int count) {
            return folds(all(), count);
        }

        List<Folds.Fold> folds(int[] labelled, int count) {
            return Folds.of(fitting, holdout, labelled, count, Directive.ALGORITHM)
                    .all();
        }

        Set<Long> values(String column, int[] labelled) {
            Column.Integers values =
                    (Column.Integers) fitting.table().column(column).orElseThrow();
            return Arrays.stream(fitting.rows(labelled))
                    .mapToObj(row -> values.values()[row])
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** The rows of an entity. */
        int[] of(long id) {
            return Arrays.stream(all())
                    .filter(row -> values("id", new int[] {row}).contains(id))
                    .toArray();
        }

        long positives(int[] labelled) {
            return Arrays.stream(labelled)
                    .filter(row -> fitting.target().codes()[row] == 1)
                    .count();
        }
    }

    private static int[] together(int[] some, int[] others) {
        return IntStream.concat(Arrays.stream(some), Arrays.stream(others))
                .sorted()
                .toArray();
    }

    @Property(tries = 40)
    void everyRowIsHeldOutOnceAndElseLearnedFrom(
            @ForAll boolean entities,
            @ForAll @IntRange(min = 2, max = 10) int count,
            @ForAll @IntRange(max = 1000) int seed) {
        Rows rows = Rows.of(table(150, 30, seed), entities ? Relation.SplitBy.ENTITY : Relation.SplitBy.RANDOM, seed);
        List<Folds.Fold> folds = rows.folds(count);
        assertEquals(count, folds.size());
        folds.forEach(fold -> assertArrayEquals(rows.all(), together(fold.training(), fold.heldOut())));
        assertArrayEquals(rows.all(), folds.stream().map(Folds.Fold::heldOut).reduce(new int[0], FoldsTest::together));
    }

    @Property(tries = 40)
    void noEntityIsOnBothSides(
            @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 30, max = 200) int entities) {
        Rows rows = Rows.of(table(entities, 10, seed), Relation.SplitBy.ENTITY, seed);
        for (Folds.Fold fold : rows.folds(5)) {
            Set<Long> both = rows.values("id", fold.heldOut());
            both.retainAll(rows.values("id", fold.training()));
            assertEquals(Set.of(), both);
        }
    }

    @Property(tries = 40)
    void byTimeEachPartIsPredictedFromAllEarlierOnes(
            @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 12, max = 300) int days) {
        Rows rows = Rows.of(table(100, days, seed), Relation.SplitBy.TIME, seed);
        List<Folds.Fold> folds = rows.folds(4);
        int[] before = folds.getFirst().training();
        for (Folds.Fold fold : folds) {
            assertArrayEquals(before, fold.training());
            long last = new TreeSet<>(rows.values("day", fold.training())).last();
            assertTrue(rows.values("day", fold.heldOut()).stream().allMatch(day -> day > last));
            before = together(fold.training(), fold.heldOut());
        }
        assertArrayEquals(rows.all(), before);
    }

    @Property(tries = 20)
    void foldsHaveAboutAsManyRowsOfTheRareClass(@ForAll @IntRange(max = 1000) int seed) {
        Rows single = Rows.of(table(150, 10, seed), Relation.SplitBy.RANDOM, seed);
        List<Long> each = single.folds(5).stream()
                .map(fold -> single.positives(fold.heldOut()))
                .sorted()
                .toList();
        assertTrue(each.getLast() - each.getFirst() <= 1, each::toString);
        Rows whole = Rows.of(table(150, 10, seed), Relation.SplitBy.ENTITY, seed);
        List<Long> some = whole.folds(5).stream()
                .map(fold -> whole.positives(fold.heldOut()))
                .sorted()
                .toList();
        long most = whole.values("id", whole.all()).stream()
                .mapToLong(id -> whole.positives(whole.of(id)))
                .max()
                .orElseThrow();
        assertTrue(some.getLast() - some.getFirst() <= most, some::toString);
    }

    @Property(tries = 20)
    void anEntityIsInTheSameFoldWhenRowsAreShuffled(@ForAll @IntRange(max = 1000) int seed) {
        Table table = table(60, 10, seed);
        Rows rows = Rows.of(table, Relation.SplitBy.ENTITY, 1);
        Rows shuffled = Rows.of(Tables.shuffled(table, seed + 1), Relation.SplitBy.ENTITY, 1);
        List<Set<Long>> before = new ArrayList<>();
        rows.folds(3).forEach(fold -> before.add(rows.values("id", fold.heldOut())));
        List<Set<Long>> after = new ArrayList<>();
        shuffled.folds(3).forEach(fold -> after.add(shuffled.values("id", fold.heldOut())));
        assertEquals(before, after);
    }

    @Test
    void theSeedDecides() {
        for (Relation.SplitBy by : List.of(Relation.SplitBy.ENTITY, Relation.SplitBy.RANDOM)) {
            assertTrue(!Arrays.equals(
                    Rows.of(table(150, 10, 1), by, 1).folds(3).getFirst().heldOut(),
                    Rows.of(table(150, 10, 1), by, 2).folds(3).getFirst().heldOut()));
        }
    }

    @Test
    void someRowsArePartedWithoutTheOthers() {
        Rows rows = Rows.of(table(150, 10, 1), Relation.SplitBy.ENTITY, 1);
        int[] training = rows.holdout().training();
        for (Folds.Fold fold : rows.folds(training, 4)) {
            assertArrayEquals(training, together(fold.training(), fold.heldOut()));
        }
    }

    @Test
    void rowsThatWereSplitByHandArePartedByEntityWhereOneHasSeveral() {
        BitSet given = new BitSet();
        given.set(0, 100);
        Rows rows = Rows.of(table(60, 10, 1), Relation.SplitBy.RANDOM, 1, given);
        for (Folds.Fold fold : rows.folds(rows.holdout().training(), 5)) {
            Set<Long> both = rows.values("id", fold.heldOut());
            both.retainAll(rows.values("id", fold.training()));
            assertEquals(Set.of(), both);
        }
    }

    @Test
    void aFoldThatWouldLeaveAClassWithoutARowToLearnFromIsLeftOut() {
        // Days fall with the entity, so that the rare class of the first entities comes last.
        long[] id = IntStream.range(0, ROWS).mapToLong(row -> row / 4).toArray();
        long[] day = Arrays.stream(id).map(entity -> ROWS - entity).toArray();
        long[] label = Arrays.stream(id).map(entity -> entity < 40 ? 1 : 0).toArray();
        Rows rows = Rows.of(
                Tables.of(Tables.integers("id", id), Tables.integers("day", day), Tables.integers("y", label)),
                Relation.SplitBy.TIME,
                1);
        // Of six parts in time, the rare class begins in the fourth one.
        assertEquals(2, rows.folds(5).size());
    }

    @Test
    void refusesToPartWhatHasOneEntity() {
        Rows rows = Rows.of(table(2, 10, 1), Relation.SplitBy.ENTITY, 1);
        SmewException refused = assertThrows(SmewException.class, () -> rows.folds(rows.of(1), 5));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(
                refused.getMessage().contains("by entity (sql/models/it.sql:3) leaves every class"),
                refused.getMessage());
    }
}
