package smew.release;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How many rows lie where on the line of numbers. A bin is as wide as a power of two, and begins at a multiple of that, so that histograms of
 * parts of the rows add up to that of all of them.
 *
 * @param exponent of the power: of numbers as they are, of dates in days and of timestamps in seconds since 1970 in UTC; false is 0 and true 1
 * @param first bin k holds what is at least k and less than k + 1 times the width; this is the first k
 * @param rows of each bin, from the first to the last that has any; at most {@value #MOST_BINS}
 */
public record Histogram(int exponent, long first, List<Long> rows) {

    /** More bins than this are too many to tell apart. */
    public static final int MOST_BINS = 24;

    /** Digits of a double: of numbers that large, narrower bins are not told apart. */
    private static final int DIGITS = 52;

    /** Narrower than this a width has no inverse. */
    private static final int NARROWEST = -1000;

    public Histogram {
        rows = List.copyOf(rows);
    }

    /**
     * The narrowest bins that cover a range.
     *
     * @param smallest finite
     * @param largest finite, and no less
     * @param whole whether there is nothing between whole numbers
     * @return their exponent
     */
    public static int exponent(double smallest, double largest, boolean whole) {
        double far = Math.max(Math.abs(smallest), Math.abs(largest));
        int exponent = Math.max(whole ? 0 : NARROWEST, far == 0 ? NARROWEST : Math.getExponent(far) - DIGITS);
        while (bin(largest, exponent) - bin(smallest, exponent) >= MOST_BINS) {
            exponent++;
        }
        return exponent;
    }

    private static double bin(double value, int exponent) {
        return Math.floor(Math.scalb(value, -exponent));
    }

    /** Of rows that lie in two histograms of one kind of value, or more. */
    public static Histogram sum(List<Histogram> parts) {
        int exponent = parts.stream().mapToInt(Histogram::exponent).max().orElseThrow();
        while (true) {
            int width = exponent;
            List<Histogram> same =
                    parts.stream().map(part -> part.coarser(width)).toList();
            long first = same.stream().mapToLong(Histogram::first).min().orElseThrow();
            long end = same.stream().mapToLong(Histogram::end).max().orElseThrow();
            if (end - first <= MOST_BINS) {
                return new Histogram(
                        width,
                        first,
                        LongStream.range(first, end)
                                .map(bin -> same.stream()
                                        .mapToLong(part -> part.in(bin))
                                        .sum())
                                .boxed()
                                .toList());
            }
            exponent++;
        }
    }

    private long end() {
        return first + rows.size();
    }

    private long in(long bin) {
        return bin < first || bin >= end() ? 0 : rows.get((int) (bin - first));
    }

    private Histogram coarser(int wanted) {
        // Beyond 62 all that is left of a number is its sign.
        int by = Math.min(62, wanted - exponent);
        long begin = first >> by;
        long last = (end() - 1) >> by;
        return new Histogram(
                wanted,
                begin,
                LongStream.rangeClosed(begin, last)
                        .map(bin -> LongStream.range(first, end())
                                .filter(old -> old >> by == bin)
                                .map(this::in)
                                .sum())
                        .boxed()
                        .toList());
    }
}
