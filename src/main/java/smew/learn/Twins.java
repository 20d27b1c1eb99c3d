package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import smew.project.LeakKind;

/**
 * Looks for held-out entities that are training entities under another name: everything that does not change about them is
 * equal, and far more often than chance would have it.
 */
final class Twins {

    /** Below this share of held-out entities, twins cannot move a figure much. */
    private static final double SHARE = 0.05;

    /** How many times more twins than independent values would give; inputs that depend on each other give some more. */
    private static final double TIMES = 100;

    private static final int LEAST = 100;

    private final long[] entities;
    private final boolean[] heldOut;

    /**
     * Takes the rows to look at.
     *
     * @param entities key of each row's entity; each row its own where nothing names one
     * @param heldOut whether a row is held out
     */
    Twins(long[] entities, boolean[] heldOut) {
        this.entities = entities;
        this.heldOut = heldOut;
    }

    /**
     * Tests all inputs together.
     *
     * @param names of the inputs
     * @param values by input, then row, encoded; NaN where there is none
     */
    Optional<Suspicion> test(List<String> names, double[][] values) {
        int[] firsts = firsts();
        int[] all = IntStream.range(0, values.length)
                .parallel()
                .filter(i -> constant(values[i]))
                .toArray();
        if (all.length == 0 || firsts.length < LEAST) {
            return Optional.empty();
        }
        long[] profiles = new long[firsts.length];
        double[] chances = new double[firsts.length];
        Arrays.fill(chances, 1);
        List<String> used = new ArrayList<>();
        for (int i : all) {
            Map<Double, Integer> counts = new HashMap<>();
            for (int first : firsts) {
                counts.merge(values[i][first], 1, Integer::sum);
            }
            if (counts.size() > 1) {
                used.add(names.get(i));
            }
            for (int e = 0; e < firsts.length; e++) {
                double value = values[i][firsts[e]];
                profiles[e] = Draws.mix(profiles[e] ^ Double.doubleToLongBits(value + 0.0));
                chances[e] *= (double) counts.getOrDefault(value, 1) / firsts.length;
            }
        }
        return judged(firsts, profiles, chances, used);
    }

    private Optional<Suspicion> judged(int[] firsts, long[] profiles, double[] chances, List<String> used) {
        Set<Long> learned = new HashSet<>();
        for (int e = 0; e < firsts.length; e++) {
            if (!heldOut[firsts[e]]) {
                learned.add(profiles[e]);
            }
        }
        long training = IntStream.range(0, firsts.length)
                .filter(e -> !heldOut[firsts[e]])
                .count();
        int[] asked = IntStream.range(0, firsts.length)
                .filter(e -> heldOut[firsts[e]])
                .toArray();
        if (asked.length == 0 || training == 0) {
            return Optional.empty();
        }
        double twins =
                Arrays.stream(asked).filter(e -> learned.contains(profiles[e])).count() / (double) asked.length;
        double expected = Arrays.stream(asked)
                .mapToDouble(e -> Math.min(1, training * chances[e]))
                .average()
                .orElse(1);
        if (twins < SHARE || twins < TIMES * expected) {
            return Optional.empty();
        }
        return Optional.of(
                new Suspicion(
                        LeakKind.DUPLICATES,
                        Optional.empty(),
                        String.format(
                                Locale.ROOT,
                                "%.1f %% of %,d held-out entities agree with an entity that was learned from in all of %s; if these"
                                        + " were independent, %.2g %% would",
                                100 * twins,
                                asked.length,
                                String.join(", ", used),
                                100 * expected),
                        "Several ids may stand for one thing: give those one id in a source, so that the split keeps them together."));
    }

    /** The first row of each entity. */
    private int[] firsts() {
        Set<Long> seen = new HashSet<>();
        return IntStream.range(0, entities.length)
                .filter(row -> seen.add(entities[row]))
                .toArray();
    }

    private boolean constant(double[] values) {
        Map<Long, Double> first = new HashMap<>();
        for (int row = 0; row < values.length; row++) {
            Double before = first.putIfAbsent(entities[row], values[row]);
            if (before != null && Double.compare(before, values[row]) != 0) {
                return false;
            }
        }
        return true;
    }
}
