package smew.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import smew.model.Curves;
import smew.model.Interval;

/**
 * Held-out rows that are drawn at random, and what a card says of them.
 *
 * @param rows by falling probability
 */
record DrawnRows(List<Row> rows) {

    /** One held-out row: what was said of it, and whether it is positive. */
    record Row(double probability, boolean positive) {}

    /** Their probabilities are true: a positive one is drawn with the probability that is said. */
    static DrawnRows of(int count, double base, double spread) {
        SplittableRandom random = new SplittableRandom(7);
        return new DrawnRows(IntStream.range(0, count)
                .mapToObj(_ -> {
                    double p = 1 / (1 + Math.exp(-base - spread * random.nextGaussian()));
                    return new Row(p, random.nextDouble() < p);
                })
                .sorted(Comparator.comparingDouble((Row row) -> -row.probability()))
                .toList());
    }

    List<List<Long>> confusion(double threshold) {
        long[][] counts = new long[2][2];
        rows.forEach(row -> counts[row.positive() ? 1 : 0][row.probability() >= threshold ? 1 : 0]++);
        return List.of(List.of(counts[0][0], counts[0][1]), List.of(counts[1][0], counts[1][1]));
    }

    Curves curves(String text) {
        long positive = rows.stream().filter(Row::positive).count();
        List<Curves.Step> steps = new ArrayList<>(List.of(new Curves.Step(2, 0, 0, 0, 1)));
        List<Curves.Bin> bins = new ArrayList<>();
        int every = Math.max(1, rows.size() / 300);
        long hits = 0;
        for (int i = 1; i <= rows.size(); i++) {
            Row row = rows.get(i - 1);
            hits += row.positive() ? 1 : 0;
            if (i % every == 0 || i == rows.size()) {
                steps.add(new Curves.Step(
                        row.probability(),
                        (double) i / rows.size(),
                        (double) hits / positive,
                        (double) (i - hits) / (rows.size() - positive),
                        (double) hits / i));
            }
        }
        for (int bin = 9; bin >= 0; bin--) {
            List<Row> some = rows.subList(rows.size() * bin / 10, rows.size() * (bin + 1) / 10);
            double said = some.stream().mapToDouble(Row::probability).average().orElse(0);
            double came = (double) some.stream().filter(Row::positive).count() / some.size();
            double half = 1.96 * Math.sqrt(came * (1 - came) / some.size());
            bins.add(new Curves.Bin(some.size(), said, came, new Interval(Math.max(0, came - half), came + half)));
        }
        List<Curves.Spread> spread = new ArrayList<>();
        for (boolean is : new boolean[] {false, true}) {
            for (int i = 0; i < 25; i++) {
                double from = i * 0.02;
                double to = (i + 1) * 0.02;
                spread.add(new Curves.Spread(
                        text + (is ? "1" : "0"),
                        from,
                        to,
                        rows.stream()
                                .filter(row ->
                                        row.positive() == is && row.probability() >= from && row.probability() < to)
                                .count()));
            }
        }
        return new Curves(Optional.of(new Curves.Ranking(steps)), bins, spread, List.of());
    }
}
