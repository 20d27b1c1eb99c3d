package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Calibration;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.model.Threshold;
import smew.project.Relation;

/** Models that correct their probabilities and choose a threshold, on rows that nothing else sees. */
class DecidingTest {

    @TempDir
    Path folder;

    private Card fit(String name, Relation.Model model, Table table) {
        return TrainingTest.fit(model, table, folder.resolve(name));
    }

    private static double figure(Card card, String name) {
        return card.metrics().figures().getOrDefault(name, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource({"class-weight", "smote"})
    void probabilitiesOfBalancedTrainingAreBroughtBackToHowOftenThingsHappen(String resample) {
        Table table = Tables.churn(240, 2160, 3);
        String[] plain = {"algorithm", "random-forest trees=30", "resample", resample};
        Card without = fit("without", Tables.declared("churn", plain), table);
        Card with = fit(
                "with",
                Tables.declared(
                        "churn", "algorithm", "random-forest trees=30", "resample", resample, "calibrate", "auto"),
                table);
        assertTrue(
                figure(with, "calibration_error") < 0.5 * figure(without, "calibration_error"),
                () -> without.metrics().figures() + " " + with.metrics().figures());
        assertTrue(figure(with, "log_loss") < figure(without, "log_loss"));
        Calibration calibration = with.calibration().orElseThrow();
        assertTrue(calibration.method() != Calibration.Method.NONE);
        assertEquals(
                List.of("none", "platt", "isotonic"),
                List.copyOf(calibration.logLoss().keySet()));
        assertEquals(without.rows().heldOut(), with.rows().heldOut(), "the same rows are held out");
        assertEquals(
                with.rows().labelled(),
                with.rows().training() + with.rows().calibration() + with.rows().heldOut());
        assertTrue(with.rows().calibration() > 0
                && calibration.rows() == with.rows().calibration());
    }

    @Test
    void aLoadedModelCorrectsAndDecidesAsItWasEvaluated() throws IOException {
        Table table = Tables.churn(1400, 5);
        String[] directives = {"algorithm", "random-forest trees=20", "threshold", "cost fp=1 fn=5"};
        Card card = fit("one", Tables.declared("churn", directives), table);
        Threshold threshold = card.threshold().orElseThrow();
        assertEquals("cost fp=1 fn=5", threshold.rule());
        assertTrue(threshold.value() < 0.5, threshold.toString());
        Predictor predictor = Predictor.load(folder.resolve("one"));
        List<Prediction> predictions =
                predictor.predict(table, IntStream.range(0, table.rows()).toArray());
        String positive = card.positive().orElseThrow();
        assertTrue(predictions.stream().anyMatch(p -> p.probability() > threshold.value() && p.probability() < 0.5));
        predictions.forEach(p ->
                assertEquals(p.probability() >= threshold.value(), p.value().equals(positive), p.toString()));
        long wrong = card.metrics().confusion().get(0).get(1)
                + card.metrics().confusion().get(1).get(0);
        assertTrue(wrong > 0);
        int index = card.classes().indexOf(positive);
        double cost = (card.metrics().confusion().get(1 - index).get(index)
                        + 5.0 * card.metrics().confusion().get(index).get(1 - index))
                / card.rows().heldOut();
        assertEquals(cost, figure(card, "cost"), 1e-12);
        assertTrue(card.metrics().baseline().containsKey("cost"));
        fit("two", Tables.declared("churn", directives), Tables.shuffled(table, 9));
        assertEquals(
                Files.readString(folder.resolve("one/card.json")),
                Files.readString(folder.resolve("two/card.json")),
                "the same rows in another order");
    }

    @Test
    void aThresholdThatIsWrittenNeedsNoRows() {
        Card card = fit(
                "one",
                Tables.declared("churn", "algorithm", "decision-tree", "threshold", "0.1"),
                Tables.churn(400, 1));
        assertEquals(Optional.of(new Threshold(0.1, "0.1", 0)), card.threshold());
        assertEquals(Optional.empty(), card.calibration());
        assertEquals(0, card.rows().calibration());
    }

    @Test
    void probabilitiesOfSeveralClassesStayShares() {
        Table two = Tables.churn(3000, 2);
        String[] kinds = IntStream.range(0, two.rows())
                .mapToObj(row -> ((Column.Texts) two.column("churn").orElseThrow()).codes()[row] == 0
                        ? "a"
                        : row % 2 == 0 ? "b" : "c")
                .toArray(String[]::new);
        List<Column> columns = new ArrayList<>(two.columns());
        columns.removeIf(column -> column.name().equals("churn"));
        columns.add(Tables.texts("churn", kinds));
        Table three = new Table(columns, two.rows());
        Card card = fit(
                "three",
                Tables.declared("churn", "algorithm", "random-forest trees=20", "calibrate", "isotonic"),
                three);
        assertEquals(3, card.calibration().orElseThrow().maps().size());
        Predictor.load(folder.resolve("three"))
                .predict(three, IntStream.range(0, 200).toArray())
                .forEach(p -> assertEquals(
                        1, p.probabilities().stream().mapToDouble(x -> x).sum(), 1e-12));
    }

    @Test
    void whatCannotBeDoneIsSaidWithItsLine() {
        Table houses = Tables.housing(200, 1);
        Map<String, SmewException> refused = Map.of(
                "sql/models/m.sql:3: label value is a number, and only probabilities",
                assertThrows(
                        SmewException.class, () -> fit("a", Tables.declared("value", "calibrate", "platt"), houses)),
                "sql/models/m.sql:3: label value is a number, and a threshold decides between two",
                assertThrows(SmewException.class, () -> fit("b", Tables.declared("value", "threshold", "f1"), houses)));
        refused.forEach((words, failed) -> {
            assertEquals(Fault.CONFIGURATION, failed.fault());
            assertTrue(failed.getMessage().contains(words), failed.getMessage());
        });
        SmewException few = assertThrows(
                SmewException.class,
                () -> fit("c", Tables.declared("churn", "calibrate", "isotonic"), Tables.churn(120, 1)));
        assertEquals(Fault.DATA, few.fault());
        assertTrue(few.getMessage().contains("and 30 of each class are needed"), few.getMessage());
        Card kept = fit("d", Tables.declared("churn", "calibrate", "auto"), Tables.churn(120, 1));
        assertEquals(Optional.empty(), kept.calibration(), "auto goes on without");
        assertEquals(0, kept.rows().calibration());
    }
}
