package smew.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.model.Audit;
import smew.model.Calibration;
import smew.model.Card;
import smew.model.Insight;
import smew.model.Interval;
import smew.model.Search;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Relation;

/** Parts that a card may have, with the numbers of a model that is worth something; texts of the analyst's begin as told. */
final class CardParts {

    private CardParts() {}

    static Calibration calibration() {
        List<Double> from = List.of(0.0, 0.01, 0.03, 0.08, 0.2, 0.35, 0.6, 1.0);
        List<Double> to = List.of(0.002, 0.008, 0.035, 0.07, 0.16, 0.24, 0.31, 0.38);
        return new Calibration(
                Calibration.Method.ISOTONIC,
                2_799,
                new LinkedHashMap<>(Map.of("none", 0.2199, "isotonic", 0.2051, "platt", 0.2077)),
                List.of(new Calibration.Correction(from, to, 0, 0)));
    }

    static Insight insight(String text) {
        List<Insight.Permutation> permutation = List.of(
                new Insight.Permutation(text + "income", "auc", 0.1213, new Interval(0.1101, 0.1330)),
                new Insight.Permutation(text + "age", "auc", 0.0324, new Interval(0.0260, 0.0391)),
                new Insight.Permutation(text + "kind", "auc", -0.0004, new Interval(-0.0021, 0.0012)));
        List<Insight.Dependence> dependence = List.of(
                new Insight.Dependence(
                        text + "income",
                        text + "1",
                        IntStream.range(0, 20)
                                .mapToObj(i -> new Insight.Point(
                                        Double.toString(20_000 + 12_500.0 * i), 0.11 - 0.09 * i / (i + 4.0)))
                                .toList()),
                new Insight.Dependence(
                        text + "age",
                        text + "1",
                        IntStream.range(0, 12)
                                .mapToObj(i -> new Insight.Point(
                                        Integer.toString(20 + 4 * i), 0.05 + 0.002 * (i - 6) * (i - 6) / 4.0))
                                .toList()),
                new Insight.Dependence(
                        text + "kind",
                        text + "1",
                        List.of(
                                new Insight.Point(text + "Working", 0.063),
                                new Insight.Point("Commercial associate", 0.061),
                                new Insight.Point("Pensioner, or somebody who is about to be one", 0.055),
                                new Insight.Point("State servant", 0.058))));
        return new Insight(permutation, dependence, List.of(text + "phone", "e_mail"));
    }

    static Search search(String text) {
        return new Search(
                "auc",
                true,
                5,
                14_000,
                false,
                List.of(
                        entry(
                                text + "gradient-boosting",
                                Map.of(text + "trees", 200L, "depth", 4L, "rate", 0.1),
                                0.7583,
                                0.0041,
                                5),
                        new Search.Entry(
                                new Card.Algorithm("random-forest", Map.of("trees", 100L, "max-depth", 12L)),
                                0.7571,
                                0.0042,
                                5,
                                14_000,
                                true),
                        entry("logistic-regression", Map.of("l2", 0.01), 0.7011, 0.0050, 5),
                        entry("decision-tree", Map.of("max-depth", 4L), 0.6120, 0.0121, 2)),
                List.of(new Search.LeftOut(
                        new Card.Algorithm(text + "adaboost", Map.of()), text + "it failed: too few rows")));
    }

    private static Search.Entry entry(
            String name, Map<String, Object> parameters, double mean, double error, int folds) {
        return new Search.Entry(new Card.Algorithm(name, parameters), mean, error, folds, 14_000, false);
    }

    static Audit careless(String text) {
        Leak remark = new Leak(
                LeakKind.PROTOCOL,
                Relation.Severity.INFO,
                "risk",
                Optional.empty(),
                text + "A careless protocol would have printed accuracy 0.967.",
                text + "Trust the honest figure.",
                Optional.empty());
        return new Audit(
                List.of(remark),
                Optional.of(new Audit.Careless(
                        200_000,
                        List.of(
                                new Audit.Step(
                                        text
                                                + "rows were held out one by one, so that rows of the same id were learned from",
                                        Map.of("accuracy", 0.9849, "auc", 0.8912)),
                                new Audit.Step(
                                        "id was an input, which a model can learn by heart",
                                        Map.of("accuracy", 0.9851, "auc", 0.9310)),
                                new Audit.Step(
                                        "rare classes were filled up (SMOTE) before the split, so that held-out rows were invented"
                                                + " from those learned from",
                                        Map.of("accuracy", 0.9670, "auc", 0.9871))))));
    }
}
