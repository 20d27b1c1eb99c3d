package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.model.Curves;
import smew.model.Interval;

/** Points of the curves that a report draws. */
final class CurvePoints {

    /** Of a curve, at most. */
    private static final int POINTS = 200;

    private static final int RANGES = 20;

    /** No probability reaches it. */
    private static final double ABOVE_ALL = 2;

    /** Of a normal distribution, between which 95 % lie. */
    private static final double DEVIATIONS = 1.959963984540054;

    private CurvePoints() {}

    static Curves of(TwoClassFigures figures, List<String> classes, int positive) {
        Ranking ranking = figures.ranking();
        List<Curves.Spread> spread = new ArrayList<>();
        for (int code = 0; code < classes.size(); code++) {
            boolean wanted = code == positive;
            spread.addAll(spread(
                    classes.get(code),
                    IntStream.range(0, ranking.scores().length)
                            .filter(row -> ranking.positive()[row] == wanted)
                            .mapToDouble(row -> ranking.scores()[row])
                            .toArray(),
                    0,
                    1));
        }
        return new Curves(Optional.of(steps(ranking)), bins(figures.bins()), spread, List.of());
    }

    static Curves of(ManyClassFigures figures) {
        CalibrationBins bins = figures.confidence();
        return new Curves(Optional.empty(), bins(bins), spread("", bins.probabilities(), 0, 1), List.of());
    }

    static Curves of(NumberFigures figures) {
        double[] sorted = Arrays.stream(figures.predicted()).sorted().toArray();
        return new Curves(
                Optional.empty(),
                List.of(),
                spread("", figures.predicted(), sorted[0], sorted[sorted.length - 1]),
                residuals(figures));
    }

    private static Curves.Ranking steps(Ranking ranking) {
        int[] once = new int[ranking.scores().length];
        Arrays.fill(once, 1);
        List<double[]> all = new ArrayList<>();
        ranking.walk(once, (score, positives, negatives) -> all.add(new double[] {score, positives, negatives}));
        double[] last = all.getLast();
        List<Curves.Step> steps = new ArrayList<>();
        steps.add(new Curves.Step(ABOVE_ALL, 0, 0, 0, 1));
        double next = 0;
        for (double[] step : all) {
            double called = (step[1] + step[2]) / once.length;
            if (called >= next || called == 1) {
                steps.add(new Curves.Step(
                        step[0],
                        called,
                        Figures.share(step[1], last[1]),
                        Figures.share(step[2], last[2]),
                        Figures.share(step[1], step[1] + step[2])));
                next = Math.floor(called * POINTS + 1) / POINTS;
            }
        }
        return new Curves.Ranking(steps);
    }

    static List<Curves.Bin> bins(CalibrationBins bins) {
        List<Curves.Bin> points = new ArrayList<>();
        for (int bin = 0; bin < bins.size(); bin++) {
            int number = bin;
            int[] rows = IntStream.range(0, bins.bins().length)
                    .filter(row -> bins.bins()[row] == number)
                    .toArray();
            if (rows.length > 0) {
                double told = Arrays.stream(rows)
                        .mapToDouble(row -> bins.probabilities()[row])
                        .average()
                        .orElseThrow();
                long real = Arrays.stream(rows).filter(row -> bins.real()[row]).count();
                points.add(new Curves.Bin(rows.length, told, (double) real / rows.length, wilson(real, rows.length)));
            }
        }
        return points.reversed();
    }

    /** The interval of a share of independent rows (Wilson 1927). */
    private static Interval wilson(long hits, long rows) {
        double square = DEVIATIONS * DEVIATIONS;
        double share = (double) hits / rows;
        double middle = (share + square / (2 * rows)) / (1 + square / rows);
        double half =
                DEVIATIONS / (1 + square / rows) * Math.sqrt(share * (1 - share) / rows + square / (4.0 * rows * rows));
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    private static List<Curves.Spread> spread(String name, double[] values, double from, double to) {
        long[] counts = new long[RANGES];
        double width = to > from ? (to - from) / RANGES : 1;
        for (double value : values) {
            counts[Math.clamp((int) ((value - from) / width), 0, RANGES - 1)]++;
        }
        return IntStream.range(0, RANGES)
                .mapToObj(range ->
                        new Curves.Spread(name, from + range * width, from + (range + 1) * width, counts[range]))
                .toList();
    }

    private static List<Curves.Residual> residuals(NumberFigures figures) {
        Ranking order = Ranking.of(figures.predicted(), new boolean[figures.rows()]);
        List<Curves.Residual> points = new ArrayList<>();
        for (int range = 0; range < RANGES; range++) {
            int[] rows = Arrays.copyOfRange(order.order(), (int) ((long) range * figures.rows() / RANGES), (int)
                    ((long) (range + 1) * figures.rows() / RANGES));
            if (rows.length > 0) {
                double[] truth = Arrays.stream(rows)
                        .mapToDouble(row -> figures.truth()[row])
                        .sorted()
                        .toArray();
                points.add(new Curves.Residual(
                        rows.length,
                        Arrays.stream(rows)
                                .mapToDouble(row -> figures.predicted()[row])
                                .average()
                                .orElseThrow(),
                        Arrays.stream(truth).average().orElseThrow(),
                        Bootstrap.quantile(truth, 0.25),
                        Bootstrap.quantile(truth, 0.75)));
            }
        }
        return points.reversed();
    }
}
