package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Encoding;
import smew.project.LeakKind;
import smew.project.Relation;

/** Looks for signs of a leak in the rows of one model: an input that knows too much, or the same thing on both sides of the split. */
final class LeakTests {

    /** Labelled rows to look at, at most, whole entities of all of them. */
    private static final int ROWS = 100_000;

    private final Relation.Model definition;
    private final Table table;
    private final Target target;
    private final Holdout holdout;
    private final long seed;

    LeakTests(Fitting fitting, Holdout holdout) {
        this.definition = fitting.definition();
        this.table = fitting.table();
        this.target = fitting.target();
        this.seed = fitting.seed();
        this.holdout = holdout;
    }

    /**
     * Runs all of them.
     *
     * @param inputs as training learned them
     */
    List<Suspicion> run(List<Card.Input> inputs) {
        boolean[] held = new boolean[target.rows().length];
        for (int r : holdout.heldOut()) {
            held[r] = true;
        }
        boolean[] learned = new boolean[target.rows().length];
        for (int r : holdout.seen()) {
            learned[r] = true;
        }
        int[] some = Arrays.stream(Holdout.someEntities(definition, table, target, seed, ROWS))
                .filter(r -> held[r] || learned[r])
                .toArray();
        long[] entities = Holdout.entityKeys(definition, table, target, seed);
        int[] rows = Arrays.stream(some).map(r -> target.rows()[r]).toArray();
        long[] keys = Arrays.stream(some).mapToLong(r -> entities[r]).toArray();
        List<Suspicion> found = new ArrayList<>();
        shared(entities).ifPresent(found::add);
        double[][] values = new double[inputs.size()][];
        TooGood tooGood = new TooGood(
                target,
                Arrays.stream(some).filter(r -> learned[r]).toArray(),
                Arrays.stream(some).filter(r -> held[r]).toArray());
        IdInDisguise ids = new IdInDisguise(rows, definition.entity().isEmpty() ? new long[0] : keys);
        List<List<Suspicion>> perInput = IntStream.range(0, inputs.size())
                .parallel()
                .mapToObj(i -> {
                    Card.Input input = inputs.get(i);
                    Column column = table.column(input.name()).orElseThrow();
                    double[] all = values(input, column);
                    values[i] = Arrays.stream(some).mapToDouble(r -> all[r]).toArray();
                    Optional<Suspicion> good = tooGood.test(input, all);
                    // What names a row separates its label as well: the graver finding is told.
                    return good.or(() -> ids.test(column)).stream().toList();
                })
                .toList();
        perInput.forEach(found::addAll);
        boolean[] heldOut = new boolean[some.length];
        IntStream.range(0, some.length).forEach(i -> heldOut[i] = held[some[i]]);
        new Twins(
                        definition.entity().isEmpty()
                                ? IntStream.range(0, some.length).asLongStream().toArray()
                                : keys,
                        heldOut)
                .test(inputs.stream().map(Card.Input::name).toList(), values)
                .ifPresent(found::add);
        return found;
    }

    /** One per labelled row. */
    private double[] values(Card.Input input, Column column) {
        Encoding.Cells cells = new Encoding(input).cells(column, target.rows().length);
        return Arrays.stream(target.rows()).mapToDouble(cells::at).toArray();
    }

    /** A split by time shares entities on purpose: it asks about later rows of those that are known. */
    private Optional<Suspicion> shared(long[] entities) {
        if (definition.entity().isEmpty()
                || holdout.split().by() == Card.SplitBy.ENTITY
                || holdout.split().by() == Card.SplitBy.TIME) {
            return Optional.empty();
        }
        Set<Long> learned = new HashSet<>();
        for (int r : holdout.seen()) {
            learned.add(entities[r]);
        }
        long both = Arrays.stream(holdout.heldOut())
                .filter(r -> learned.contains(entities[r]))
                .count();
        return both == 0
                ? Optional.empty()
                : Optional.of(new Suspicion(
                        LeakKind.SHARED_ENTITIES,
                        Optional.empty(),
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d held-out rows belong to entities that were learned from",
                                both,
                                holdout.heldOut().length),
                        "Hold out whole entities: @split entity "
                                + holdout.split().fraction() + "."));
    }
}
