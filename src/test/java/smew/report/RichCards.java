package smew.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import smew.model.Audit;
import smew.model.Calibration;
import smew.model.Card;
import smew.model.Comparison;
import smew.model.Curves;
import smew.model.Insight;
import smew.model.Interval;
import smew.model.Metrics;
import smew.model.Search;
import smew.model.Threshold;
import smew.model.Uncertainty;

/** Cards with every part that a card may have, of rows that are drawn so that the numbers fit together. */
final class RichCards {

    private static final int ROWS = 11_992;

    private RichCards() {}

    /** One held-out row: what was said of it, and whether it is positive. */
    private record Row(double probability, boolean positive) {}

    /** A model that is worth something. */
    static Card binary() {
        List<Row> rows = rows(ROWS, -3.1, 1.1);
        Map<String, Double> figures = figures(0.7604, 0.2042);
        Map<String, Interval> intervals = new LinkedHashMap<>();
        figures.forEach((key, figure) -> intervals.put(key, new Interval(figure * 0.96, figure * 1.04)));
        intervals.put("auc", new Interval(0.7411, 0.7788));
        intervals.put("accuracy", new Interval(0.9334, 0.9431));
        Metrics metrics = new Metrics(
                figures,
                Map.of("accuracy", 0.938, "log_loss", 0.2324, "brier", 0.0581, "calibration_error", 0.0003),
                confusion(rows, 0.15),
                Optional.of(new Uncertainty(
                        1000,
                        10_937,
                        intervals,
                        Optional.of(new Uncertainty.CrossValidation(
                                5,
                                Map.of("auc", 0.7571, "log_loss", 0.2051),
                                Map.of("auc", 0.0042, "log_loss", 0.0017))))),
                Optional.of(new Comparison(
                        "20261122T020000.000Z-aaaabbbbcccc",
                        0.7,
                        Map.of("auc", 0.7481, "log_loss", 0.2039),
                        ordered("auc", new Interval(0.0021, 0.0225), "log_loss", new Interval(-0.0011, 0.0019)))),
                Optional.of(curves(rows)));
        return rich(
                Runs.card(List.of("0", "1"), Optional.of("1"), Runs.inputs("kind", "age", "income"), metrics),
                Optional.of(calibration()),
                Optional.of(new Threshold(0.15, "f1", 2_799)),
                Optional.of(insight()),
                Optional.of(search()),
                Optional.of(careless(0.9670, 0.9871)));
    }

    /** A model that is worth nothing: the interval of its AUC holds one half. */
    static Card chance() {
        List<Row> rows = rows(40_000, -4.2, 0.05);
        Map<String, Double> figures = figures(0.5213, 0.0778);
        figures.put("accuracy", 0.9851);
        figures.put("pr_auc", 0.0161);
        figures.put("positive_rate", 0.0149);
        Metrics metrics = new Metrics(
                figures,
                Map.of("accuracy", 0.9851, "log_loss", 0.0773),
                confusion(rows, 0.5),
                Optional.of(new Uncertainty(
                        1000,
                        10_937,
                        Map.of(
                                "auc",
                                new Interval(0.4987, 0.5441),
                                "accuracy",
                                new Interval(0.9840, 0.9862),
                                "log_loss",
                                new Interval(0.0729, 0.0829),
                                "pr_auc",
                                new Interval(0.0144, 0.0182)),
                        Optional.empty())),
                Optional.empty(),
                Optional.of(curves(rows)));
        return rich(
                Runs.card(List.of("0", "1"), Optional.of("1"), Runs.inputs("kind", "age", "income"), metrics),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(careless(0.9670, 0.9871)));
    }

    static Card regression() {
        Card plain = Runs.regression();
        List<Curves.Residual> errors = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double predicted = 85_000 + 21_000 * i;
            errors.add(new Curves.Residual(
                    599,
                    predicted,
                    predicted * (1.06 - 0.004 * i),
                    predicted * (0.88 - 0.002 * i),
                    predicted * (1.17 - 0.003 * i)));
        }
        List<Curves.Spread> spread = IntStream.range(0, 25)
                .mapToObj(i -> new Curves.Spread("", 20_000 * i, 20_000 * (i + 1), 40L * i * (25 - i) / 4))
                .toList();
        Metrics metrics = new Metrics(
                plain.metrics().figures(),
                plain.metrics().baseline(),
                List.of(),
                Optional.of(new Uncertainty(
                        1000,
                        10_937,
                        Map.of("rmse", new Interval(46_900, 49_700), "r2", new Interval(0.811, 0.832)),
                        Optional.empty())),
                Optional.empty(),
                Optional.of(new Curves(Optional.empty(), List.of(), spread, errors)));
        return rich(
                plain.with(metrics),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Insight(
                        List.of(new Insight.Permutation("rooms", "rmse", 21_400, new Interval(20_100, 22_900))),
                        List.of(new Insight.Dependence(
                                "rooms",
                                "",
                                IntStream.rangeClosed(1, 9)
                                        .mapToObj(i -> new Insight.Point(i + ".0", 150_000 + 9_000 * i * i))
                                        .toList())),
                        List.of("colour"))),
                Optional.empty(),
                Optional.empty());
    }

    static Card threeClasses() {
        Card plain = Runs.threeClasses();
        List<Curves.Spread> spread = new ArrayList<>();
        for (String name : plain.classes()) {
            for (int i = 0; i < 20; i++) {
                spread.add(new Curves.Spread(
                        name, i / 20.0, (i + 1) / 20.0, name.equals("ant") ? i * i : (20 - i) * (name.length() + i)));
            }
        }
        List<Curves.Bin> bins = IntStream.range(0, 10)
                .mapToObj(i -> new Curves.Bin(
                        1_000, 0.05 + 0.1 * i, 0.07 + 0.09 * i, new Interval(0.05 + 0.09 * i, 0.09 + 0.09 * i)))
                .toList();
        return plain.with(new Metrics(
                plain.metrics().figures(),
                plain.metrics().baseline(),
                plain.metrics().confusion(),
                Optional.of(new Uncertainty(
                        1000, 10, Map.of("accuracy", new Interval(0.35, 1)), Optional.empty())),
                Optional.empty(),
                Optional.of(new Curves(Optional.empty(), bins, spread, List.of()))));
    }

    private static <T> Map<String, T> ordered(String first, T one, String second, T other) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, other);
        return map;
    }

    private static Map<String, Double> figures(double auc, double logLoss) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("auc", auc);
        figures.put("pr_auc", 0.2143);
        figures.put("gini", 2 * auc - 1);
        figures.put("ks", 0.3871);
        figures.put("log_loss", logLoss);
        figures.put("brier", 0.0541);
        figures.put("calibration_error", 0.0061);
        figures.put("accuracy", 0.9382);
        figures.put("balanced_accuracy", 0.6417);
        figures.put("mcc", 0.2204);
        figures.put("precision", 0.2391);
        figures.put("recall", 0.3311);
        figures.put("f1", 0.2777);
        figures.put("positive_rate", 0.062);
        return figures;
    }

    private static Card rich(
            Card card,
            Optional<Calibration> calibration,
            Optional<Threshold> threshold,
            Optional<Insight> insight,
            Optional<Search> search,
            Optional<Audit> audit) {
        return new Card(
                card.formatVersion(),
                card.name(),
                card.task(),
                card.labelType(),
                card.classes(),
                card.positive(),
                card.entity(),
                card.time(),
                card.label(),
                card.inputs(),
                card.algorithm(),
                card.split(),
                card.resample(),
                card.missing(),
                card.seed(),
                card.rows(),
                card.metrics(),
                card.importance(),
                card.provenance(),
                card.artefact(),
                calibration,
                threshold,
                insight,
                search,
                audit);
    }

    /** Rows whose probabilities are true: a positive one is drawn with the probability that is said. */
    private static List<Row> rows(int count, double base, double spread) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    double p = 1 / (1 + Math.exp(-base - spread * random.nextGaussian()));
                    return new Row(p, random.nextDouble() < p);
                })
                .sorted(Comparator.comparingDouble((Row row) -> -row.probability()))
                .toList();
    }

    private static List<List<Long>> confusion(List<Row> rows, double threshold) {
        long[][] counts = new long[2][2];
        rows.forEach(row -> counts[row.positive() ? 1 : 0][row.probability() >= threshold ? 1 : 0]++);
        return List.of(List.of(counts[0][0], counts[0][1]), List.of(counts[1][0], counts[1][1]));
    }

    static Curves curves(int rows) {
        return curves(rows(rows, -3.1, 1.1));
    }

    private static Curves curves(List<Row> rows) {
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
                        is ? "1" : "0",
                        from,
                        to,
                        rows.stream()
                                .filter(row -> row.positive() == is
                                        && row.probability() >= from
                                        && row.probability() < to)
                                .count()));
            }
        }
        return new Curves(Optional.of(new Curves.Ranking(steps)), bins, spread, List.of());
    }

    private static Calibration calibration() {
        List<Double> from = List.of(0.0, 0.01, 0.03, 0.08, 0.2, 0.35, 0.6, 1.0);
        List<Double> to = List.of(0.002, 0.008, 0.035, 0.07, 0.16, 0.24, 0.31, 0.38);
        return new Calibration(
                Calibration.Method.ISOTONIC,
                2_799,
                new LinkedHashMap<>(Map.of("none", 0.2199, "isotonic", 0.2051, "platt", 0.2077)),
                List.of(new Calibration.Correction(from, to, 0, 0)));
    }

    private static Insight insight() {
        List<Insight.Permutation> permutation = List.of(
                new Insight.Permutation("income", "auc", 0.1213, new Interval(0.1101, 0.1330)),
                new Insight.Permutation("age", "auc", 0.0324, new Interval(0.0260, 0.0391)),
                new Insight.Permutation("kind", "auc", -0.0004, new Interval(-0.0021, 0.0012)));
        List<Insight.Dependence> dependence = List.of(
                new Insight.Dependence(
                        "income",
                        "1",
                        IntStream.range(0, 20)
                                .mapToObj(i -> new Insight.Point(
                                        Double.toString(20_000 + 12_500.0 * i), 0.11 - 0.09 * i / (i + 4.0)))
                                .toList()),
                new Insight.Dependence(
                        "age",
                        "1",
                        IntStream.range(0, 12)
                                .mapToObj(i -> new Insight.Point(
                                        Integer.toString(20 + 4 * i), 0.05 + 0.002 * (i - 6) * (i - 6) / 4.0))
                                .toList()),
                new Insight.Dependence(
                        "kind",
                        "1",
                        List.of(
                                new Insight.Point("Working", 0.063),
                                new Insight.Point("Commercial associate", 0.061),
                                new Insight.Point("Pensioner, or somebody who is about to be one", 0.055),
                                new Insight.Point("State servant", 0.058))));
        return new Insight(permutation, dependence, List.of("phone", "e_mail"));
    }

    private static Search search() {
        return new Search(
                "auc",
                true,
                5,
                false,
                List.of(
                        entry("gradient-boosting", Map.of("trees", 200L, "depth", 4L, "rate", 0.1), 0.7583, 0.0041, 5),
                        new Search.Entry(
                                new Card.Algorithm("random-forest", Map.of("trees", 100L, "max-depth", 12L)),
                                0.7571,
                                0.0042,
                                5,
                                true),
                        entry("logistic-regression", Map.of("l2", 0.01), 0.7011, 0.0050, 5),
                        entry("decision-tree", Map.of("max-depth", 4L), 0.6120, 0.0121, 2)));
    }

    private static Search.Entry entry(
            String name, Map<String, Object> parameters, double mean, double error, int folds) {
        return new Search.Entry(new Card.Algorithm(name, parameters), mean, error, folds, false);
    }

    private static Audit careless(double accuracy, double auc) {
        return new Audit(Optional.of(new Audit.Careless(
                200_000,
                List.of(
                        new Audit.Step(
                                "rows were held out one by one, so that rows of the same id were learned from",
                                Map.of("accuracy", 0.9849, "auc", 0.8912)),
                        new Audit.Step(
                                "id was an input, which a model can learn by heart",
                                Map.of("accuracy", 0.9851, "auc", 0.9310)),
                        new Audit.Step(
                                "rare classes were filled up (SMOTE) before the split, so that held-out rows were invented"
                                        + " from those learned from",
                                Map.of("accuracy", accuracy, "auc", auc))))));
    }
}
