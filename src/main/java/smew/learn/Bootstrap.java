package smew.learn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import smew.model.Interval;
import smew.model.Uncertainty;

/**
 * 95 % intervals of figures by drawing held-out entities anew, with replacement (Efron 1979, percentiles). Rows of one entity are
 * alike: drawing rows one by one would take them for more evidence than they are.
 *
 * @param groups the number of each row's entity
 * @param entities how many there are
 * @param resamples how often they are drawn
 */
record Bootstrap(int[] groups, int entities, int resamples, long seed) {

    private static final int MOST = 1_000;
    private static final int LEAST = 400;

    /** Rows passed over in all draws together. */
    private static final long WORK = 100_000_000;

    private static final double OUTSIDE = 0.025;

    /** In how many draws a figure must be defined for an interval. */
    private static final double DEFINED = 0.95;

    /** For rows of these entities, drawn the more often the fewer they are. */
    static Bootstrap of(long[] entities, long seed) {
        Map<Long, Integer> numbers = new HashMap<>();
        int[] groups = Arrays.stream(entities)
                .mapToInt(entity -> numbers.computeIfAbsent(entity, _ -> numbers.size()))
                .toArray();
        int resamples = Math.clamp(WORK / Math.max(1, groups.length), LEAST, MOST);
        return new Bootstrap(groups, numbers.size(), resamples, seed);
    }

    /** The intervals of all figures. */
    Uncertainty of(Figures figures) {
        return new Uncertainty(resamples, entities, intervals(draws(figures::of)), Optional.empty());
    }

    /** The intervals of whatever a function makes of how often each row counts, by name. */
    Map<String, Interval> of(Function<int[], Map<String, Double>> statistic) {
        return intervals(draws(statistic));
    }

    /** The intervals of how much higher each figure of the first is than the same of the second, in the same draws. */
    Map<String, Interval> differences(Figures first, Figures second) {
        List<Map<String, Double>> ones = draws(first::of);
        List<Map<String, Double>> others = draws(second::of);
        return intervals(IntStream.range(0, resamples)
                .mapToObj(draw -> {
                    Map<String, Double> difference = new LinkedHashMap<>();
                    ones.get(draw).forEach((name, value) -> {
                        Double other = others.get(draw).get(name);
                        if (other != null) {
                            difference.put(name, value - other);
                        }
                    });
                    return difference;
                })
                .toList());
    }

    private List<Map<String, Double>> draws(Function<int[], Map<String, Double>> statistic) {
        if (entities < 2) {
            return List.of();
        }
        return IntStream.range(0, resamples)
                .parallel()
                .mapToObj(draw -> statistic.apply(counts(Draws.of(seed, draw))))
                .toList();
    }

    private int[] counts(Draws draws) {
        int[] drawn = new int[entities];
        for (int i = 0; i < entities; i++) {
            drawn[draws.below(entities)]++;
        }
        int[] counts = new int[groups.length];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = drawn[groups[row]];
        }
        return counts;
    }

    private Map<String, Interval> intervals(List<Map<String, Double>> draws) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        draws.stream().flatMap(draw -> draw.keySet().stream()).distinct().forEachOrdered(name -> {
            double[] values = draws.stream()
                    .map(draw -> draw.get(name))
                    .filter(java.util.Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            if (values.length >= DEFINED * resamples) {
                intervals.put(name, new Interval(quantile(values, OUTSIDE), quantile(values, 1 - OUTSIDE)));
            }
        });
        return intervals;
    }

    /** Linear between the two values around it. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
