package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Card;
import smew.project.Directive;

/**
 * Parts of labelled rows that take turns in being held out, by the rule of the model's split: whole entities or single rows, so
 * that each part has about as many rows of every class; by time, each part is predicted from all earlier ones.
 *
 * @param all those of which every class is left to learn from
 */
record Folds(List<Fold> all) {

    /** Rising indices into the labelled rows. */
    record Fold(int[] training, int[] heldOut) {}

    /** Keeps the draws for folds, and for samples, apart from those for the split. */
    private static final long PARTS = 0x466f6c64L;

    private static final long SAMPLE = 0x53616d70L;

    Folds {
        all = List.copyOf(all);
    }

    /**
     * Makes folds.
     *
     * @param labelled the rows to part, as rising indices into the labelled rows
     * @param count how many folds at most; there are fewer where a part is empty or a class only lies in one
     * @param asked what asks for folds, for an error to point at
     * @throws SmewException DATA where there are not two
     */
    static Folds of(Fitting fitting, Holdout holdout, int[] labelled, int count, Directive asked) {
        boolean byTime = holdout.split().by() == Card.SplitBy.TIME;
        int[] parts = byTime
                ? blocks(pick(times(fitting), labelled), count)
                : parts(pick(keys(fitting, holdout, PARTS), labelled), classes(fitting, labelled), count);
        int first = byTime ? 1 : 0;
        List<Fold> folds = new ArrayList<>();
        for (int turn = first; turn < count + first; turn++) {
            int held = turn;
            int[] heldOut = pick(labelled, parts, part -> part == held);
            int[] training = pick(labelled, parts, part -> byTime ? part < held : part != held);
            if (heldOut.length > 0 && learnable(fitting.target(), training)) {
                folds.add(new Fold(training, heldOut));
            }
        }
        if (folds.size() < 2) {
            throw new SmewException(
                    Fault.DATA,
                    "Parting the " + labelled.length + " rows of model "
                            + fitting.definition().name() + " into " + count + " folds by "
                            + Chosen.word(holdout.split().by()) + " ("
                            + fitting.definition().file().where(asked)
                            + ") leaves every class to learn from in " + folds.size()
                            + " of them, expected 2 at least. Add rows, choose another @split, or remove that line.");
        }
        return new Folds(folds);
    }

    private static boolean learnable(Target target, int[] training) {
        return target.classCount() == 0 ? training.length > 0 : target.holdsEveryClass(training);
    }

    /** Training rows of entities drawn at random until there are about so many; rows, where the split parts rows. */
    static int[] sample(Fitting fitting, Holdout holdout, int rows) {
        int[] training = holdout.training();
        if (rows >= training.length) {
            return training;
        }
        long[] keys = keys(fitting, holdout, SAMPLE);
        long[] sorted = pick(keys, training);
        Arrays.sort(sorted);
        long edge = sorted[rows - 1];
        return Arrays.stream(training).filter(row -> keys[row] <= edge).toArray();
    }

    /** What stays together, as a random number per labelled row. */
    private static long[] keys(Fitting fitting, Holdout holdout, long purpose) {
        long seed = Draws.mix(fitting.seed() ^ purpose);
        boolean together = switch (holdout.split().by()) {
            case ENTITY -> true;
            case RANDOM -> false;
            case TIME, GIVEN -> Holdout.repeats(fitting.definition(), fitting.table(), fitting.target(), seed);
        };
        return together
                ? Holdout.entityKeys(fitting.definition(), fitting.table(), fitting.target(), seed)
                : IntStream.range(0, fitting.target().rows().length)
                        .mapToLong(row -> Draws.mix(Draws.mix(seed) + row))
                        .toArray();
    }

    private static long[] times(Fitting fitting) {
        return Holdout.timeKeys(
                fitting.definition(), fitting.table(), fitting.target().rows());
    }

    /** The class of each row; of a number, one for all. */
    private static int[] classes(Fitting fitting, int[] labelled) {
        return fitting.target().classCount() == 0
                ? new int[labelled.length]
                : Arrays.stream(labelled)
                        .map(row -> fitting.target().codes()[row])
                        .toArray();
    }

    /** One block of about equal size more than there are folds, from 0 for the earliest; rows of one time stay together. */
    private static int[] blocks(long[] times, int count) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return Arrays.stream(times)
                .mapToInt(time -> (int) ((long) first(sorted, time) * (count + 1) / sorted.length))
                .toArray();
    }

    /** How many sorted values are below the value. */
    private static int first(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            low = sorted[middle] < value ? middle + 1 : low;
            high = sorted[middle] < value ? high : middle;
        }
        return low;
    }

    /**
     * The part of each row. Groups of rows with one key are dealt out, those with the rarest classes first and else by their
     * keys, each to the part that has the fewest rows of its rarest class.
     */
    static int[] parts(long[] keys, int[] codes, int count) {
        long[] groups = Arrays.stream(keys).sorted().distinct().toArray();
        int[] group = Arrays.stream(keys)
                .mapToInt(key -> Arrays.binarySearch(groups, key))
                .toArray();
        int[] counts = new int[Arrays.stream(codes).max().orElse(0) + 1];
        for (int code : codes) {
            counts[code]++;
        }
        int[] rarest = rarest(group, codes, counts, groups.length);
        int[] rare = new int[groups.length];
        int[] size = new int[groups.length];
        for (int row = 0; row < group.length; row++) {
            size[group[row]]++;
            rare[group[row]] += codes[row] == rarest[group[row]] ? 1 : 0;
        }
        int[] part = new int[groups.length];
        long[] rows = new long[count];
        int[] rarestFirst = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(code -> counts[code]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int code : rarestFirst) {
            long[] load = new long[count];
            for (int g = 0; g < groups.length; g++) {
                if (rarest[g] == code) {
                    part[g] = lightest(load, rows);
                    load[part[g]] += rare[g];
                    rows[part[g]] += size[g];
                }
            }
        }
        return Arrays.stream(group).map(g -> part[g]).toArray();
    }

    /** Of each group, the class with the fewest rows of all that one of its rows has. */
    private static int[] rarest(int[] group, int[] codes, int[] counts, int groups) {
        int[] rarest = new int[groups];
        Arrays.fill(rarest, -1);
        for (int row = 0; row < group.length; row++) {
            int known = rarest[group[row]];
            if (known < 0 || counts[codes[row]] < counts[known]) {
                rarest[group[row]] = codes[row];
            }
        }
        return rarest;
    }

    private static int lightest(long[] load, long[] rows) {
        int lightest = 0;
        for (int part = 1; part < load.length; part++) {
            boolean lighter =
                    load[part] < load[lightest] || (load[part] == load[lightest] && rows[part] < rows[lightest]);
            lightest = lighter ? part : lightest;
        }
        return lightest;
    }

    private static long[] pick(long[] all, int[] some) {
        return Arrays.stream(some).mapToLong(row -> all[row]).toArray();
    }

    private static int[] pick(int[] labelled, int[] parts, IntPredicate wanted) {
        return IntStream.range(0, parts.length)
                .filter(place -> wanted.test(parts[place]))
                .map(place -> labelled[place])
                .toArray();
    }
}
