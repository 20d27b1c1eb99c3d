package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Explanation;
import smew.model.Explanation.Contribution;
import smew.model.Explanation.Explains;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.project.Relation;

/** Explanations of models that every algorithm learned, for every row of their tables. */
class ExplainedModelsTest {

    private static final double EXACT = 1e-9;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "random-forest, churn, true, PROBABILITY",
        "gradient-boosting, churn, true, LOG_ODDS",
        "adaboost, churn, true, SHARE",
        "decision-tree, churn, false, PROBABILITY",
        "logistic-regression, churn, false, LOG_ODDS",
        "random-forest, contract, true, SCORE",
        "gradient-boosting, contract, true, SCORE",
        "adaboost, contract, true, SHARE",
        "decision-tree, contract, false, SCORE",
        "logistic-regression, contract, false, SCORE",
        "random-forest, value, true, NUMBER",
        "gradient-boosting, value, true, NUMBER",
        "decision-tree, value, false, NUMBER",
        "linear-ridge, value, false, NUMBER"
    })
    void addUpToWhatIsExplained(String algorithm, String label, boolean trees, Explains explains) {
        boolean housing = label.equals("value");
        Table table = housing ? Tables.housing(300, 3) : Tables.churn(300, 3);
        String[] parameters = trees ? new String[] {"trees", "6"} : new String[0];
        Relation.Model model = Tables.model(housing ? "id" : "customer_id", label, algorithm, parameters);
        Predictor predictor = fitted(model, table);
        int[] rows = IntStream.range(0, table.rows()).toArray();
        List<Prediction> predictions = predictor.predict(table, rows);
        for (int row : rows) {
            Explanation explanation = predictor.explain(table, row);
            assertEquals(explains, explanation.explains());
            double sum = explanation.contributions().stream()
                    .mapToDouble(Contribution::amount)
                    .sum();
            double close = EXACT * Math.max(1, Math.abs(explanation.value()));
            assertEquals(explanation.value(), explanation.baseline() + sum, close);
            Prediction prediction = predictions.get(row);
            double[] probabilities = prediction.probabilities().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            switch (explains) {
                case NUMBER -> {
                    assertEquals(Optional.empty(), explanation.of());
                    assertEquals((double) prediction.value(), explanation.value(), close);
                }
                case PROBABILITY, SHARE -> {
                    Object of = probabilities.length == 2 ? positive(predictor) : prediction.value();
                    assertEquals(Optional.of(of), explanation.of());
                    assertEquals(
                            probabilities.length == 2
                                    ? prediction.probability()
                                    : Arrays.stream(probabilities).max().orElseThrow(),
                            explanation.value(),
                            EXACT);
                }
                case LOG_ODDS -> {
                    assertEquals(Optional.of(positive(predictor)), explanation.of());
                    assertEquals(prediction.probability(), 1 / (1 + Math.exp(-explanation.value())), EXACT);
                }
                case SCORE -> assertEquals(Optional.of(prediction.value()), explanation.of());
            }
        }
    }

    /** Corrected probabilities are no sum any more; what the algorithm added up is explained as if nobody had corrected it. */
    @ParameterizedTest
    @CsvSource({"random-forest trees=9, isotonic", "gradient-boosting trees=9, platt", "logistic-regression, platt"})
    void ofCalibratedModelsExplainWhatComesBefore(String algorithm, String method) {
        Table table = Tables.churn(1400, 3);
        Predictor predictor = fitted(Tables.declared("churn", "algorithm", algorithm, "calibrate", method), table);
        assertTrue(predictor.card().calibrated());
        Predictor raw = predictor.with(predictor.card().with(Optional.empty(), Optional.empty()));
        int[] rows = IntStream.range(0, table.rows()).toArray();
        List<Prediction> corrected = predictor.predict(table, rows);
        List<Prediction> before = raw.predict(table, rows);
        assertNotEquals(corrected, before);
        for (int row : rows) {
            Explanation explanation = predictor.explain(table, row);
            assertEquals(raw.explain(table, row), explanation);
            double sum = explanation.contributions().stream()
                    .mapToDouble(Contribution::amount)
                    .sum();
            assertEquals(explanation.value(), explanation.baseline() + sum, EXACT);
            double probability = explanation.explains() == Explains.PROBABILITY
                    ? explanation.value()
                    : 1 / (1 + Math.exp(-explanation.value()));
            assertEquals(before.get(row).probability(), probability, EXACT);
        }
    }

    private static Object positive(Predictor predictor) {
        return predictor.card().positive().orElseThrow();
    }

    private Predictor fitted(Relation.Model model, Table table) {
        TrainingTest.fit(model, table, directory);
        return Predictor.load(directory);
    }

    /** Which of two classes is the second by name must not matter. */
    @ParameterizedTest
    @CsvSource({"random-forest", "gradient-boosting", "adaboost", "logistic-regression"})
    void speakOfThePositiveClassWhicheverItIs(String algorithm) {
        Table table = Tables.churn(200, 5);
        Relation.Model model = Tables.model("customer_id", "churn", algorithm);
        Explanation yes = fitted(positive(model, "Yes"), table).explain(table, 7);
        Explanation no = fitted(positive(model, "No"), table).explain(table, 7);
        assertEquals(Optional.of("Yes"), yes.of());
        assertEquals(Optional.of("No"), no.of());
        double both = yes.explains() == Explains.LOG_ODDS ? 0 : 1;
        assertEquals(both, yes.baseline() + no.baseline(), EXACT);
        assertEquals(both, yes.value() + no.value(), EXACT);
        for (int i = 0; i < yes.contributions().size(); i++) {
            assertEquals(
                    yes.contributions().get(i).amount(),
                    -no.contributions().get(i).amount(),
                    EXACT);
        }
    }

    private static Relation.Model positive(Relation.Model model, String value) {
        return new Relation.Model(
                model.file(),
                model.entity(),
                model.time(),
                model.label(),
                model.task(),
                Optional.of(value),
                model.algorithm(),
                model.split(),
                model.resample(),
                model.missing(),
                model.seed(),
                Optional.empty(),
                Optional.empty());
    }

    /** The mean over rows that were learned from: what anybody takes a baseline for. */
    @ParameterizedTest
    @CsvSource({"logistic-regression, churn", "linear-ridge, value"})
    void ofLinearModelsStartFromTheMeanOfTheTrainingRows(String algorithm, String label) {
        boolean churn = label.equals("churn");
        Table table = churn ? Tables.churn(200, 5) : Tables.housing(200, 5);
        Relation.Model model = Tables.model(churn ? "customer_id" : "id", label, algorithm);
        Predictor predictor = fitted(model, table);
        Target target = Target.of(model, table.column(label).orElseThrow(), Order.of(table, model.entity()));
        int[] training = new Fitting(model, table, target, model.seed())
                .rows(Holdout.of(model, table, target, model.seed()).training());
        double mean = Arrays.stream(training)
                .mapToDouble(row -> predictor.explain(table, row).value())
                .average()
                .orElseThrow();
        double baseline = predictor.explain(table, 0).baseline();
        assertEquals(mean, baseline, EXACT * Math.max(1, Math.abs(mean)));
    }

    /** Models of before the means were kept start from a row whose numbers are replacements and whose levels count alike. */
    @Test
    void ofOldLinearModelsStartFromReplacements() {
        Path kept = Path.of("src/test/resources/golden/models-1/linear-ridge");
        Predictor predictor = Predictor.load(kept);
        Table table = Tables.housing(150, 9);
        Explanation explanation = predictor.explain(table, 0);
        double sum = explanation.contributions().stream()
                .mapToDouble(Contribution::amount)
                .sum();
        assertEquals(explanation.value(), explanation.baseline() + sum, EXACT * explanation.value());
        Card.Input rooms = predictor.card().inputs().get(1);
        assertEquals("rooms", rooms.name());
        assertEquals(Optional.empty(), rooms.description());
        int unknown = table.column("rooms").orElseThrow().nulls().nextSetBit(0);
        assertTrue(unknown >= 0);
        assertEquals(
                0.0, predictor.explain(table, unknown).contributions().get(1).amount());
    }
}
