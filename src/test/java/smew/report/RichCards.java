package smew.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import smew.project.Basis;

/** Cards with every part that a card may have, of rows that are drawn so that the numbers fit together. */
final class RichCards {

    private static final int ROWS = 11_992;

    private RichCards() {}

    /** A model that is worth something. */
    static Card binary() {
        return binary("");
    }

    /** The same, every name and text of the analyst's beginning with this text. */
    static Card binary(String text) {
        DrawnRows rows = DrawnRows.of(ROWS, -3.1, 1.1);
        Map<String, Double> figures = figures(0.7604, 0.2042);
        Map<String, Interval> intervals = new LinkedHashMap<>();
        figures.forEach((key, figure) -> intervals.put(key, new Interval(figure * 0.96, figure * 1.04)));
        intervals.put("auc", new Interval(0.7411, 0.7788));
        intervals.put("accuracy", new Interval(0.9334, 0.9431));
        Metrics metrics = new Metrics(
                figures,
                Map.of("accuracy", 0.938, "log_loss", 0.2324, "brier", 0.0581, "calibration_error", 0.0003),
                rows.confusion(0.15),
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
                        Basis.SEEN_ROWS,
                        Map.of("auc", 0.7481, "log_loss", 0.2039),
                        ordered("auc", new Interval(0.0021, 0.0225), "log_loss", new Interval(-0.0011, 0.0019)))),
                Optional.of(rows.curves(text)));
        return rich(
                Runs.card(
                        List.of(text + "0", text + "1"),
                        Optional.of(text + "1"),
                        Runs.inputs(text + "kind", text + "age", text + "income"),
                        metrics),
                Optional.of(CardParts.calibration()),
                Optional.of(new Threshold(0.15, text + "f1", 2_799)),
                Optional.of(CardParts.insight(text)),
                Optional.of(CardParts.search(text)),
                Optional.of(CardParts.careless(text)));
    }

    /** A model that is worth nothing: the interval of its AUC holds one half. */
    static Card chance() {
        DrawnRows rows = DrawnRows.of(ROWS, -4.2, 0.05);
        Map<String, Double> figures = figures(0.5213, 0.0778);
        figures.put("accuracy", 0.9851);
        figures.put("pr_auc", 0.0161);
        figures.put("positive_rate", 0.0149);
        Metrics metrics = new Metrics(
                figures,
                Map.of("accuracy", 0.9851, "log_loss", 0.0773),
                rows.confusion(0.5),
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
                Optional.of(rows.curves("")));
        return rich(
                Runs.card(List.of("0", "1"), Optional.of("1"), Runs.inputs("kind", "age", "income"), metrics),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CardParts.careless("")));
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
                Optional.of(new Uncertainty(1000, 10, Map.of("accuracy", new Interval(0.35, 1)), Optional.empty())),
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

    static Card rich(
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
                audit,
                card.training());
    }
}
