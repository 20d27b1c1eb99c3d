package smew.learn;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.project.Directive;
import smew.project.Relation;

/**
 * Which labelled rows are learned from, which are set aside for calibration and threshold, and which are held out, as rising indices
 * into the labelled rows.
 *
 * <p>Every row gets a key, and the rows with the greatest keys are held out: a hash of the entity (so that its rows stay
 * together), the event time, or a hash of the row's place in canonical order, class by class. Rows of equal keys are never
 * parted.
 *
 * @param calibration empty unless {@link SettingAside} was asked for it
 */
record Holdout(Card.Split split, int[] training, int[] calibration, int[] heldOut) {

    private static final double DEFAULT_FRACTION = 0.3;

    /** Splits the labelled rows of a table. */
    static Holdout of(Relation.Model definition, Table table, Target target, long seed) {
        long[] entities = entityKeys(definition, table, target.rows(), seed);
        boolean together = !definition.entity().isEmpty() && repeats(entities);
        Relation.Split split = definition
                .split()
                .orElseGet(() -> new Relation.Split(
                        together ? Relation.SplitBy.ENTITY : Relation.SplitBy.RANDOM, DEFAULT_FRACTION));
        boolean[] held = new boolean[target.rows().length];
        switch (split.by()) {
            case ENTITY -> hold(held, named(definition, entities), split.fraction(), row -> true);
            case TIME -> hold(held, timeKeys(definition, table, target.rows()), split.fraction(), row -> true);
            case RANDOM -> holdOfEachClass(held, target, seed, split.fraction(), row -> true);
        }
        Holdout holdout = new Holdout(
                Card.Split.of(split),
                IntStream.range(0, held.length).filter(row -> !held[row]).toArray(),
                new int[0],
                IntStream.range(0, held.length).filter(row -> held[row]).toArray());
        holdout.check(definition, target);
        return holdout;
    }

    /** Rows that something is learned from, be it the model or how it decides. */
    int[] seen() {
        return IntStream.concat(Arrays.stream(training), Arrays.stream(calibration))
                .sorted()
                .toArray();
    }

    /**
     * Parts the labelled rows as the caller did.
     *
     * @param given the rows of the table that came as a set of their own
     */
    static Holdout given(Relation.Model definition, Target target, BitSet given) {
        int[] rows = target.rows();
        int[] heldOut =
                IntStream.range(0, rows.length).filter(r -> given.get(rows[r])).toArray();
        Holdout holdout = new Holdout(
                new Card.Split(Card.SplitBy.GIVEN, (double) heldOut.length / rows.length),
                IntStream.range(0, rows.length).filter(r -> !given.get(rows[r])).toArray(),
                new int[0],
                heldOut);
        holdout.check(definition, target);
        return holdout;
    }

    private static long[] named(Relation.Model definition, long[] entities) {
        if (definition.entity().isEmpty()) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().where(Directive.SPLIT),
                    definition.file().where(Directive.SPLIT)
                            + ": a split by entity needs one. Name it with entity, or split by time or random.");
        }
        return entities;
    }

    /** Holds out random rows, class by class. */
    static void holdOfEachClass(boolean[] held, Target target, long seed, double fraction, IntPredicate among) {
        long[] keys = IntStream.range(0, held.length)
                .mapToLong(row -> Draws.mix(Draws.mix(seed) + row))
                .toArray();
        for (int c = 0; c < Math.max(1, target.classCount()); c++) {
            int code = c;
            hold(
                    held,
                    keys,
                    fraction,
                    row -> among.test(row) && (target.classCount() == 0 || target.codes()[row] == code));
        }
    }

    /** Holds out the rows of the greatest keys: as near to the fraction as keys that stay together allow. */
    static void hold(boolean[] held, long[] keys, double fraction, IntPredicate among) {
        long[] sorted = IntStream.range(0, keys.length)
                .filter(among)
                .mapToLong(row -> keys[row])
                .sorted()
                .toArray();
        if (sorted.length < 2) {
            return;
        }
        int wanted = Math.clamp(Math.round(fraction * sorted.length), 1, sorted.length - 1);
        long edge = sorted[sorted.length - wanted];
        int below = sorted.length - wanted;
        while (below > 0 && sorted[below - 1] == edge) {
            below--;
        }
        int above = sorted.length - wanted;
        while (above < sorted.length && sorted[above] == edge) {
            above++;
        }
        int more = sorted.length - below - wanted;
        int fewer = wanted - (sorted.length - above);
        boolean withEdge = above == sorted.length || (below > 0 && more <= fewer);
        for (int row = 0; row < keys.length; row++) {
            held[row] |= among.test(row) && (withEdge ? keys[row] >= edge : keys[row] > edge);
        }
    }

    /** Whether an entity has several labelled rows. */
    static boolean repeats(Relation.Model definition, Table table, Target target, long seed) {
        return !definition.entity().isEmpty() && repeats(entityKeys(definition, table, target.rows(), seed));
    }

    /**
     * Labelled rows of entities drawn at random until there are enough, each entity with all its rows.
     *
     * @param rows how many are enough
     * @return indices into the labelled rows, rising; all of them where there are not more
     */
    static int[] someEntities(Relation.Model definition, Table table, Target target, long seed, int rows) {
        int labelled = target.rows().length;
        if (labelled <= rows) {
            return IntStream.range(0, labelled).toArray();
        }
        long[] keys = definition.entity().isEmpty()
                ? IntStream.range(0, labelled)
                        .mapToLong(row -> Draws.mix(Draws.mix(seed) + row))
                        .toArray()
                : entityKeys(definition, table, target.rows(), Draws.mix(seed));
        boolean[] drawn = new boolean[labelled];
        hold(drawn, keys, (double) rows / labelled, row -> true);
        return IntStream.range(0, labelled).filter(row -> drawn[row]).toArray();
    }

    private static boolean repeats(long[] keys) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        return IntStream.range(1, sorted.length).anyMatch(i -> sorted[i] == sorted[i - 1]);
    }

    /** A number for the entity of each labelled row. */
    static long[] entityKeys(Relation.Model definition, Table table, Target target, long seed) {
        return entityKeys(definition, table, target.rows(), seed);
    }

    private static long[] entityKeys(Relation.Model definition, Table table, int[] rows, long seed) {
        long[] keys = new long[rows.length];
        Arrays.fill(keys, Draws.mix(seed));
        for (Column column : columns(definition, table, definition.entity())) {
            long[] words = column instanceof Column.Texts texts ? hashes(texts.dictionary()) : new long[0];
            for (int r = 0; r < rows.length; r++) {
                long bits = column.isNull(rows[r]) ? Long.MIN_VALUE : bits(column, rows[r], words);
                keys[r] = Draws.mix(keys[r] ^ Draws.mix(bits));
            }
        }
        return keys;
    }

    /** 64 bits: by String.hashCode, two of many different entities would look like one. */
    private static long[] hashes(String[] words) {
        return Arrays.stream(words)
                .mapToLong(word ->
                        word.chars().asLongStream().reduce(word.length(), (hash, letter) -> Draws.mix(hash ^ letter)))
                .toArray();
    }

    static long[] timeKeys(Relation.Model definition, Table table, int[] rows) {
        if (definition.time().isEmpty()) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().where(Directive.SPLIT),
                    definition.file().where(Directive.SPLIT) + ": @split time needs an event time. Add @time COLUMN, or"
                            + " split by entity or random.");
        }
        Column time =
                columns(definition, table, definition.time().subList(0, 1)).getFirst();
        long[] words = time instanceof Column.Texts texts
                ? Arrays.stream(Order.ranks(texts.dictionary())).asLongStream().toArray()
                : new long[0];
        long[] keys = new long[rows.length];
        for (int r = 0; r < rows.length; r++) {
            if (time.isNull(rows[r])) {
                throw SmewException.at(
                        Fault.DATA,
                        definition.file().path(),
                        "Splitting the rows of model " + definition.name() + " by time ("
                                + definition.file().path()
                                + "): event time " + time.name()
                                + " is null in a row with a label. Filter such rows in the"
                                + " SELECT, or split by entity or random.");
            }
            keys[r] = bits(time, rows[r], words);
        }
        return keys;
    }

    /** A number per value, in the order of the values; for text that of its word. */
    private static long bits(Column column, int row, long[] words) {
        return switch (column) {
            case Column.Integers integers -> integers.values()[row];
            case Column.Doubles doubles -> {
                long bits = Double.doubleToLongBits(doubles.values()[row]);
                yield bits < 0 ? Long.MIN_VALUE - bits : bits;
            }
            case Column.Booleans booleans -> booleans.values()[row] ? 1 : 0;
            case Column.Texts texts -> words[texts.codes()[row]];
            case Column.Dates dates -> dates.epochDays()[row];
            case Column.Timestamps stamps -> stamps.epochMicros()[row];
        };
    }

    private static List<Column> columns(Relation.Model definition, Table table, List<String> names) {
        return names.stream()
                .map(name -> table.column(name)
                        .orElseThrow(() -> SmewException.at(
                                Fault.CONFIGURATION,
                                definition.file().path(),
                                definition.file().path() + ": the SELECT has no column " + name
                                        + ", which is declared as entity or event time. Add it to the SELECT.")))
                .toList();
    }

    private void check(Relation.Model definition, Target target) {
        boolean given = split.by() == Card.SplitBy.GIVEN;
        String where = given
                ? "Evaluating model " + definition.name() + " on rows that came as a set of their own"
                : "Splitting the rows of model " + definition.name() + " ("
                        + definition.file().where(Directive.SPLIT) + ") by " + Chosen.word(split.by()) + " "
                        + split.fraction();
        if (heldOut.length == 0 || training.length == 0) {
            throw SmewException.at(
                    Fault.DATA,
                    definition.file().where(Directive.SPLIT),
                    where + " leaves " + training.length + " rows to learn from and " + heldOut.length
                            + " to evaluate, expected some of both: "
                            + (given
                                    ? "rows without a label do not count. Add rows, or leave that set out."
                                    : "all rows share one key. Choose another @split."));
        }
        if (target.classCount() > 0 && !target.holdsEveryClass(training)) {
            throw SmewException.at(
                    Fault.DATA,
                    definition.file().where(Directive.SPLIT),
                    where + " leaves a class of label " + definition.label()
                            + " without a row to learn from. Keep more rows of it, or "
                            + (given ? "drop it from that set." : "choose another @split."));
        }
    }
}
