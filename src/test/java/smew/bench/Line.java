package smew.bench;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One row of the outcome.
 *
 * @param item whose row it is
 * @param what was measured, with its size
 * @param engine what the bare engine did
 * @param unit of both figures
 * @param processorRatio how many times the processor time of the bare engine, by the medians; empty if unknown. It says more
 *     than the clock where other programs are busy
 */
record Line(
        String item, String what, String engine, Unit unit, Series ours, Series bare, OptionalDouble processorRatio) {

    /** A row without processor time. */
    Line(String item, String what, String engine, Unit unit, Series ours, Series bare) {
        this(item, what, engine, unit, ours, bare, OptionalDouble.empty());
    }

    /** A row of seconds, from figures of {@link Rounds#seconds}. */
    static Line seconds(String item, String what, String engine, Rounds.Figures ours, Rounds.Figures bare) {
        return new Line(item, what, engine, Unit.SECONDS, ours.get(0), bare.get(0), processor(ours, bare));
    }

    /** A row of rows per second, from figures of {@link Rounds#seconds} for so many rows. */
    static Line rate(String item, String what, String engine, long rows, Rounds.Figures ours, Rounds.Figures bare) {
        return new Line(
                item,
                what,
                engine,
                Unit.ROWS_PER_SECOND,
                ours.get(0).rateOf(rows),
                bare.get(0).rateOf(rows),
                processor(ours, bare));
    }

    /** The ratio of the medians of the second figures, which are processor times. */
    static OptionalDouble processor(Rounds.Figures ours, Rounds.Figures bare) {
        double ratio = ours.get(1).median() / bare.get(1).median();
        return Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }

    /** A unit, and whether a smaller or a greater figure is the better one. */
    enum Unit {
        SECONDS("s", true),
        MILLISECONDS("ms", true),
        NANOSECONDS("ns", true),
        BYTES("bytes", true),
        MEGABYTES("MB", true),
        THREADS("threads", true),
        ROWS_PER_SECOND("rows/s", false),
        REQUESTS_PER_SECOND("requests/s", false);

        private final String text;
        private final boolean lessIsBetter;

        Unit(String text, boolean lessIsBetter) {
            this.text = text;
            this.lessIsBetter = lessIsBetter;
        }

        String text() {
            return text;
        }

        boolean lessIsBetter() {
            return lessIsBetter;
        }
    }

    /** How many times as long, or as much memory, as the bare engine, by the medians: 1 is as good, less is better. */
    double ratio() {
        return ratio(ours.median(), bare.median());
    }

    /** The smallest ratio of two runs that took turns. */
    double leastRatio() {
        return ratios().min().orElseThrow();
    }

    /** The greatest one. */
    double greatestRatio() {
        return ratios().max().orElseThrow();
    }

    private DoubleStream ratios() {
        return IntStream.range(0, ours.values().size())
                .mapToDouble(run -> ratio(ours.values().get(run), bare.values().get(run)));
    }

    private double ratio(double our, double theirs) {
        return unit.lessIsBetter() ? our / theirs : theirs / our;
    }
}
