package smew.learn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.project.LeakKind;

/**
 * Looks for an input that names rows or entities instead of describing them: a model learns such values by heart, and they say
 * nothing of a new entity.
 */
final class IdInDisguise {

    /** Fewer rows than this differ by chance. */
    private static final int LEAST = 100;

    private static final double DISTINCT = 0.95;

    /** So many equal pairs would be there if whole numbers of that range were drawn at random. */
    private static final double EXPECTED_PAIRS = 20;

    private static final String CURE =
            "Take it out of the SELECT, or derive from it what it means, such as a group or an age.";

    private final int[] rows;
    private final long[] entities;

    /**
     * Takes the rows to look at.
     *
     * @param rows row numbers of the table
     * @param entities key of the entity of each of these; empty where nothing names an entity
     */
    IdInDisguise(int[] rows, long[] entities) {
        this.rows = rows;
        this.entities = entities;
    }

    /** Tests one input. Numbers with a fraction are measurements; only text and whole numbers are ids. */
    Optional<Suspicion> test(Column column) {
        return switch (column) {
            case Column.Texts texts -> named(texts.name(), values(texts, row -> texts.codes()[row]), true);
            case Column.Integers integers ->
                named(integers.name(), values(integers, row -> integers.values()[row]), false);
            case Column.Doubles _, Column.Booleans _, Column.Dates _, Column.Timestamps _ -> Optional.empty();
        };
    }

    /** Row by row, with the entities of the rows that have a value. */
    private record Values(long[] values, long[] entities) {}

    private Values values(Column column, java.util.function.IntToLongFunction value) {
        int[] present = IntStream.range(0, rows.length)
                .filter(i -> !column.isNull(rows[i]))
                .toArray();
        return new Values(
                Arrays.stream(present)
                        .mapToLong(i -> value.applyAsLong(rows[i]))
                        .toArray(),
                entities.length == 0
                        ? entities
                        : Arrays.stream(present).mapToLong(i -> entities[i]).toArray());
    }

    private Optional<Suspicion> named(String name, Values found, boolean text) {
        long[] sorted = found.values().clone();
        Arrays.sort(sorted);
        long distinct = IntStream.range(0, sorted.length)
                .filter(i -> i == 0 || sorted[i] != sorted[i - 1])
                .count();
        if (sorted.length < LEAST) {
            return Optional.empty();
        }
        boolean unique = text ? distinct >= DISTINCT * sorted.length : distinct == sorted.length && crowded(sorted);
        if (unique) {
            return Optional.of(new Suspicion(
                    LeakKind.ID,
                    Optional.of(name),
                    String.format(Locale.ROOT, "it has %,d different values in %,d rows", distinct, sorted.length),
                    CURE));
        }
        long named = oneToOne(found, distinct);
        return named < LEAST || named == sorted.length
                ? Optional.empty()
                : Optional.of(new Suspicion(
                        LeakKind.ID,
                        Optional.of(name),
                        String.format(
                                Locale.ROOT,
                                "it has one value for each of %,d entities, and each value belongs to one of them",
                                named),
                        CURE));
    }

    /** Whether quantities of this range would repeat: n²/2 pairs over the range. */
    private static boolean crowded(long[] sorted) {
        double range = (double) sorted[sorted.length - 1] - sorted[0] + 1;
        return (double) sorted.length * sorted.length / 2 / range >= EXPECTED_PAIRS;
    }

    /** How many entities there are, if each has one value and no two have the same; else 0. */
    private static long oneToOne(Values found, long distinct) {
        if (found.entities().length == 0) {
            return 0;
        }
        Map<Long, Long> values = new HashMap<>();
        for (int i = 0; i < found.values().length; i++) {
            Long before = values.putIfAbsent(found.entities()[i], found.values()[i]);
            if (before != null && before != found.values()[i]) {
                return 0;
            }
        }
        Set<Long> seen = new HashSet<>(values.values());
        return seen.size() == values.size() && distinct == values.size() ? values.size() : 0;
    }
}
