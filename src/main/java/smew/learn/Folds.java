package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Card;
import smew.project.Directive;

/**
 * Parts of the training rows that take turns in being held out, by the rule of the model's split: whole entities, or rows, so
 * that each part has about as many rows of every class; by time, each part is predicted from all earlier ones.
 *
 * @param all those of which every class is left to learn from
 */
record Folds(List<Fold> all) {

    /** Indices into the labelled rows. */
    record Fold(int[] training, int[] heldOut) {}

    private static final long SAMPLE = 0x53616d70L;
    private static final long PARTS = 0x466f6c64L;

    /**
     * Makes folds.
     *
     * @param labelled some or all of the training rows, rising
     * @param count how many at most
     * @throws SmewException DATA where there are not two
     */
    static Folds of(Fitting fitting, Holdout holdout, int[] labelled, int count) {
        boolean byTime = holdout.split().by() == Card.SplitBy.TIME;
        int[] part = byTime
                ? blocks(pick(time(fitting), labelled), count)
                : parts(pick(keys(fitting, holdout, PARTS), labelled), classes(fitting, labelled), count);
        int first = byTime ? 1 : 0;
        List<Fold> folds = new ArrayList<>();
        for (int turn = first; turn < count + first; turn++) {
            int held = turn;
            int[] heldOut = some(labelled, part, place -> place == held);
            int[] training = some(labelled, part, place -> byTime ? place < held : place != held);
            boolean learnable = fitting.target().classCount() == 0
                    ? training.length > 0
                    : fitting.target().holdsEveryClass(training);
            if (heldOut.length > 0 && learnable) {
                folds.add(new Fold(training, heldOut));
            }
        }
        if (folds.size() < 2) {
            throw new SmewException(
                    Fault.DATA,
                    "Comparing algorithms for model " + fitting.definition().name() + " ("
                            + fitting.definition().file().where(Directive.ALGORITHM) + "): split by "
                            + Chosen.word(holdout.split().by()) + ", the " + labelled.length
                            + " training rows make no two parts that leave every class to learn from. Name an"
                            + " algorithm, add rows, or choose another @split.");
        }
        return new Folds(folds);
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
        return Arrays.stream(training).filter(r -> keys[r] <= edge).toArray();
    }

    /** What stays together, as a random number per labelled row. */
    private static long[] keys(Fitting fitting, Holdout holdout, long purpose) {
        long seed = Draws.mix(fitting.seed() ^ purpose);
        boolean entities = switch (holdout.split().by()) {
            case ENTITY -> true;
            case RANDOM -> false;
            case TIME, GIVEN -> Holdout.repeats(fitting.definition(), fitting.table(), fitting.target(), seed);
        };
        return entities
                ? Holdout.entityKeys(fitting.definition(), fitting.table(), fitting.target(), seed)
                : IntStream.range(0, fitting.target().rows().length)
                        .mapToLong(r -> Draws.mix(Draws.mix(seed) + r))
                        .toArray();
    }

    private static long[] time(Fitting fitting) {
        return Holdout.timeKeys(
                fitting.definition(), fitting.table(), fitting.target().rows());
    }

    private static int[] classes(Fitting fitting, int[] labelled) {
        return fitting.target().classCount() == 0
                ? new int[labelled.length]
                : Arrays.stream(labelled).map(r -> fitting.target().codes()[r]).toArray();
    }

    /** Blocks of about equal size, from 0 for the earliest; rows of one time stay together. */
    private static int[] blocks(long[] times, int count) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return Arrays.stream(times)
                .mapToInt(time -> (int) ((long) first(sorted, time) * (count + 1) / sorted.length))
                .toArray();
    }

    /**
     * The part of each row: groups of rows with one key go, in the order of their keys, where there are fewest rows of their
     * rarest class, the rarest classes first.
     */
    private static int[] parts(long[] keys, int[] codes, int count) {
        long[] groups = Arrays.stream(keys).sorted().distinct().toArray();
        int[] group = Arrays.stream(keys)
                .mapToInt(key -> Arrays.binarySearch(groups, key))
                .toArray();
        int classes = Arrays.stream(codes).max().orElse(0) + 1;
        int[] counts = new int[classes];
        for (int code : codes) {
            counts[code]++;
        }
        int[] rarest = new int[groups.length];
        Arrays.fill(rarest, -1);
        for (int row = 0; row < group.length; row++) {
            int known = rarest[group[row]];
            if (known < 0 || counts[codes[row]] < counts[known]) {
                rarest[group[row]] = codes[row];
            }
        }
        int[] rare = new int[groups.length];
        int[] size = new int[groups.length];
        for (int row = 0; row < group.length; row++) {
            size[group[row]]++;
            rare[group[row]] += codes[row] == rarest[group[row]] ? 1 : 0;
        }
        int[] part = new int[groups.length];
        long[] rows = new long[count];
        IntStream.range(0, classes)
                .boxed()
                .sorted(java.util.Comparator.comparingInt(code -> counts[code]))
                .forEachOrdered(code -> {
                    long[] load = new long[count];
                    for (int g = 0; g < groups.length; g++) {
                        if (rarest[g] == code) {
                            part[g] = lightest(load, rows);
                            load[part[g]] += rare[g];
                            rows[part[g]] += size[g];
                        }
                    }
                });
        return Arrays.stream(group).map(g -> part[g]).toArray();
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

    private static long[] pick(long[] all, int[] some) {
        return Arrays.stream(some).mapToLong(r -> all[r]).toArray();
    }

    private static int[] some(int[] labelled, int[] part, java.util.function.IntPredicate wanted) {
        BitSet places = new BitSet();
        IntStream.range(0, part.length).filter(i -> wanted.test(part[i])).forEach(places::set);
        return places.stream().map(i -> labelled[i]).toArray();
    }
}
