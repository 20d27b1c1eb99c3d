package smew.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.project.Relation;

class HoldoutTest {

    private static final int ROWS = 400;

    private static Table table(int entities, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.of(
                Tables.integers("id", random.longs(ROWS, 0, entities).toArray()),
                Tables.integers("day", random.longs(ROWS, 0, days).toArray()),
                Tables.integers(
                        "y",
                        IntStream.range(0, ROWS)
                                .mapToLong(i -> i % 7 == 0 ? 1 : 0)
                                .toArray()));
    }

    private static Holdout split(Table table, Relation.SplitBy by, double fraction, long seed) {
        Relation.Model model =
                Tables.with(Tables.model("id", "y", "random-forest"), List.of("day"), new Relation.Split(by, fraction));
        int[] order = Order.of(table, List.of("id", "day"));
        Target target = Target.of(model, table.column("y").orElseThrow(), order);
        return Holdout.of(model, table, target, seed);
    }

    private static Set<Long> values(Table table, String column, Holdout holdout, boolean held) {
        int[] order = Order.of(table, List.of("id", "day"));
        Column.Integers values = (Column.Integers) table.column(column).orElseThrow();
        return Arrays.stream(held ? holdout.heldOut() : holdout.training())
                .mapToObj(row -> values.values()[order[row]])
                .collect(Collectors.toSet());
    }

    @Property(tries = 60)
    void everyRowIsOnOneSideAndTheFractionIsNearlyKept(
            @ForAll Relation.SplitBy by,
            @ForAll @DoubleRange(min = 0.1, max = 0.8) double fraction,
            @ForAll @IntRange(max = 1000) int seed) {
        Holdout holdout = split(table(150, 300, seed), by, fraction, seed);
        int[] all = IntStream.concat(Arrays.stream(holdout.training()), Arrays.stream(holdout.heldOut()))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, ROWS).toArray(), all);
        assertEquals(fraction, holdout.heldOut().length / (double) ROWS, 0.03);
    }

    @Property(tries = 40)
    void noEntityIsOnBothSides(
            @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 3, max = 200) int entities) {
        Table table = table(entities, 10, seed);
        Holdout holdout = split(table, Relation.SplitBy.ENTITY, 0.3, seed);
        Set<Long> both = values(table, "id", holdout, true);
        both.retainAll(values(table, "id", holdout, false));
        assertEquals(Set.of(), both);
    }

    @Property(tries = 40)
    void everyHeldOutRowIsLaterThanEveryTrainingRow(
            @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 50) int days) {
        Table table = table(100, days, seed);
        Holdout holdout = split(table, Relation.SplitBy.TIME, 0.3, seed);
        long last = values(table, "day", holdout, false).stream()
                .mapToLong(day -> day)
                .max()
                .orElseThrow();
        assertTrue(values(table, "day", holdout, true).stream().allMatch(day -> day > last));
    }

    @Property(tries = 20)
    void anEntityStaysOnItsSideWhenRowsAreShuffled(@ForAll @IntRange(max = 1000) int seed) {
        Table table = table(60, 10, seed);
        Table shuffled = Tables.shuffled(table, seed + 1);
        assertEquals(
                values(table, "id", split(table, Relation.SplitBy.ENTITY, 0.3, 1), true),
                values(shuffled, "id", split(shuffled, Relation.SplitBy.ENTITY, 0.3, 1), true));
    }

    @Test
    void theSeedDecides() {
        Table table = table(150, 10, 1);
        assertTrue(!Arrays.equals(
                split(table, Relation.SplitBy.RANDOM, 0.3, 1).heldOut(),
                split(table, Relation.SplitBy.RANDOM, 0.3, 2).heldOut()));
        assertTrue(!Arrays.equals(
                split(table, Relation.SplitBy.ENTITY, 0.3, 1).heldOut(),
                split(table, Relation.SplitBy.ENTITY, 0.3, 2).heldOut()));
    }

    @Test
    void aRandomSplitKeepsTheSharesOfClasses() {
        Holdout holdout = split(table(150, 10, 1), Relation.SplitBy.RANDOM, 0.25, 1);
        Table table = table(150, 10, 1);
        Column.Integers label = (Column.Integers) table.column("y").orElseThrow();
        int[] order = Order.of(table, List.of("id", "day"));
        long held = Arrays.stream(holdout.heldOut())
                .filter(row -> label.values()[order[row]] == 1)
                .count();
        assertEquals(Math.round(58 * 0.25), held);
    }

    @Test
    void differentEntitiesWithTheSameStringHashAreNotOne() {
        String[] ids = IntStream.range(0, ROWS)
                .mapToObj(row -> IntStream.range(0, 9)
                        .mapToObj(bit -> (row >> bit) % 2 == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .toArray(String[]::new);
        Table table = Tables.of(
                Tables.texts("id", ids),
                Tables.integers("x", new long[ROWS]),
                Tables.integers(
                        "y", IntStream.range(0, ROWS).mapToLong(i -> i % 2).toArray()));
        Relation.Model model = Tables.model("id", "y", "random-forest");
        Target target = Target.of(model, table.column("y").orElseThrow(), Order.of(table, List.of("id")));
        assertEquals(
                Card.SplitBy.RANDOM, Holdout.of(model, table, target, 1).split().by());
    }

    @Test
    void refusesToSplitWhatHasOneEntity() {
        SmewException refused =
                assertThrows(SmewException.class, () -> split(table(1, 10, 1), Relation.SplitBy.ENTITY, 0.3, 1));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains("sql/models/it.sql"), refused.getMessage());
    }
}
