package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.project.Relation;

class BadTrainingRowsTest {

    @TempDir
    Path directory;

    private static long[] numbers(int rows) {
        return IntStream.range(0, rows).asLongStream().toArray();
    }

    private static Table table(Column label, Column... more) {
        int rows = label.rows();
        List<Column> columns = new ArrayList<>();
        columns.add(Tables.integers("id", numbers(rows)));
        columns.add(Tables.doubles(
                "x", IntStream.range(0, rows).mapToObj(row -> row * 0.5).toArray(Double[]::new)));
        columns.addAll(List.of(more));
        columns.add(label);
        return new Table(columns, rows);
    }

    private static Column label(int rows) {
        return Tables.integers(
                "y",
                IntStream.range(0, rows).mapToLong(row -> row % 3 == 0 ? 1 : 0).toArray());
    }

    private Card fit(Table table, String algorithm, String... parameters) {
        return TrainingTest.fit(Tables.model("id", "y", algorithm, parameters), table, directory);
    }

    private SmewException refused(Fault fault, Table table, String algorithm, String... parameters) {
        SmewException refused = assertThrows(SmewException.class, () -> fit(table, algorithm, parameters));
        assertEquals(fault, refused.fault(), refused.getMessage());
        assertTrue(refused.getMessage().contains("sql/models/it.sql"), refused.getMessage());
        return refused;
    }

    private static void assertSays(SmewException refused, String... parts) {
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
    }

    @Test
    void refusesALabelWithOneClass() {
        assertSays(
                refused(Fault.DATA, table(Tables.integers("y", new long[40])), "random-forest"),
                "only one class, 0 (40)",
                ":2");
    }

    @Test
    void refusesALabelThatIsNullEverywhere() {
        assertSays(
                refused(Fault.DATA, table(Tables.doubles("y", new Double[40])), "random-forest"),
                "has a value in 0 of 40 rows");
    }

    @Test
    void refusesThreeRows() {
        assertSays(refused(Fault.DATA, table(label(3)), "random-forest"), "has a value in 3 of 3 rows");
    }

    @Test
    void refusesAClassWithASingleRow() {
        long[] values = new long[40];
        values[7] = 1;
        assertSays(refused(Fault.DATA, table(Tables.integers("y", values)), "random-forest"), "single row", "1 (1)");
    }

    @Test
    void refusesAMissingLabelAndSuggestsANearName() {
        Relation.Model model = Tables.model("id", "yy", "random-forest");
        SmewException refused =
                assertThrows(SmewException.class, () -> TrainingTest.fit(model, table(label(40)), directory));
        assertSays(refused, "no column yy", "Did you mean y?");
    }

    @Test
    void refusesDatesAsInputsAndSaysHowToDeriveANumber() {
        Column date = new Column.Dates("born", new int[40], new BitSet());
        assertSays(
                refused(Fault.CONFIGURATION, table(label(40), date), "random-forest"),
                "column born is a date",
                "date_diff('day', born, getvariable('as_of'))");
    }

    @Test
    void refusesAModelWithoutInputs() {
        Table table = Tables.of(Tables.integers("id", numbers(40)), label(40));
        assertSays(refused(Fault.CONFIGURATION, table, "random-forest"), "no column besides");
    }

    @Test
    void gathersEveryProblemOfAnAlgorithm() {
        SmewException refused = refused(
                Fault.CONFIGURATION,
                table(label(40)),
                "random-forest",
                "tree",
                "10",
                "max-depth",
                "1",
                "trees",
                "many");
        assertEquals(3, refused.problems().size());
        assertSays(
                refused,
                "sql/models/it.sql:3",
                "Did you mean trees?",
                "max-depth is '1', expected an integer from 2 to 64");
    }

    @Test
    void refusesAnUnknownAlgorithm() {
        assertSays(refused(Fault.CONFIGURATION, table(label(40)), "random-forrest"), "Did you mean random-forest?");
    }

    @Test
    void refusesAnAlgorithmThatCannotLearnTheLabel() {
        assertSays(refused(Fault.CONFIGURATION, table(label(40)), "linear-ridge"), "random-forest", "adaboost");
    }

    @Test
    void refusesResamplingOfNumbersAndOfAdaBoostWeights() {
        Relation.Model regression = Tables.with(Tables.model("id", "value", "random-forest"), Relation.Resample.SMOTE);
        SmewException numbers = assertThrows(
                SmewException.class, () -> TrainingTest.fit(regression, Tables.housing(100, 1), directory));
        assertSays(numbers, "smote does not go with random-forest for regression");
        Relation.Model weights = Tables.with(Tables.model("id", "y", "adaboost"), Relation.Resample.CLASS_WEIGHT);
        SmewException adaboost =
                assertThrows(SmewException.class, () -> TrainingTest.fit(weights, table(label(100)), directory));
        assertSays(adaboost, "class-weight does not go with adaboost", "logistic-regression");
    }

    @Test
    void refusesNullNumbersWhereTheyAreDeclaredErrors() {
        Relation.Model model =
                Tables.with(Tables.model("customer_id", "churn", "random-forest"), Relation.Missing.ERROR);
        SmewException refused =
                assertThrows(SmewException.class, () -> TrainingTest.fit(model, Tables.churn(400, 1), directory));
        assertEquals(Fault.DATA, refused.fault());
        assertSays(refused, "input charges has no value in");
    }

    @Test
    void refusesANullNumberInALabelledRowThatIsHeldOut() {
        for (int hole = 0; hole < 40; hole++) {
            int empty = hole;
            Table table = table(
                    label(40),
                    Tables.doubles(
                            "sparse",
                            IntStream.range(0, 40)
                                    .mapToObj(row -> row == empty ? null : row * 2.0)
                                    .toArray(Double[]::new)));
            Relation.Model model = Tables.with(Tables.model("id", "y", "decision-tree"), Relation.Missing.ERROR);
            SmewException refused = assertThrows(SmewException.class, () -> TrainingTest.fit(model, table, directory));
            assertSays(refused, "sql/models/it.sql", "input sparse has no value in 1 of 40 labelled rows");
        }
    }

    @Test
    void allowsANullNumberInARowWithoutALabel() {
        BitSet nulls = new BitSet();
        nulls.set(0, 10);
        Column.Integers label = (Column.Integers) label(80);
        Double[] sparse = filled(80, 1.0);
        Arrays.fill(sparse, 0, 10, null);
        Table table = table(new Column.Integers("y", label.values(), nulls), Tables.doubles("sparse", sparse));
        Relation.Model model = Tables.with(Tables.model("id", "y", "decision-tree"), Relation.Missing.ERROR);
        assertEquals(70, TrainingTest.fit(model, table, directory).rows().labelled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-forest", "decision-tree", "gradient-boosting", "adaboost", "logistic-regression"})
    void staysFiniteOnConstantsNullsHugeAndPerfectInputs(String algorithm) {
        int rows = 120;
        Table table = table(
                Tables.booleans("y", flags(rows)),
                Tables.doubles("constant", filled(rows, 7.0)),
                Tables.doubles("empty", new Double[rows]),
                Tables.doubles("infinite", filled(rows, Double.POSITIVE_INFINITY)),
                Tables.doubles(
                        "huge",
                        IntStream.range(0, rows)
                                .mapToObj(r -> r % 2 == 0 ? 1.7e308 : -1.7e308)
                                .toArray(Double[]::new)),
                Tables.integers(
                        "big",
                        IntStream.range(0, rows)
                                .mapToLong(r -> Long.MAX_VALUE - r)
                                .toArray()),
                Tables.doubles(
                        "perfect",
                        IntStream.range(0, rows)
                                .mapToObj(r -> r % 3 == 0 ? 1e-3 : 0.0)
                                .toArray(Double[]::new)),
                Tables.texts("nothing", new String[rows]),
                Tables.texts(
                        "unique",
                        IntStream.range(0, rows).mapToObj(r -> "u" + r).toArray(String[]::new)));
        Card card = fit(table, algorithm);
        assertEquals(1, card.metrics().figures().get("auc"), 0.1);
        for (Prediction prediction : Predictor.load(directory)
                .predict(table, IntStream.range(0, rows).toArray())) {
            assertTrue(prediction.value() instanceof Boolean);
            assertTrue(prediction.probability() >= 0 && prediction.probability() <= 1, prediction::toString);
        }
    }

    private static boolean[] flags(int rows) {
        boolean[] flags = new boolean[rows];
        IntStream.range(0, rows).forEach(row -> flags[row] = row % 3 == 0);
        return flags;
    }

    private static Double[] filled(int rows, double value) {
        Double[] values = new Double[rows];
        Arrays.fill(values, value);
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-forest", "decision-tree", "gradient-boosting", "adaboost", "logistic-regression"})
    void learnsFiveClassesAndClassesThatDoNotStartAtZero(String algorithm) {
        int rows = 300;
        long[] classes =
                IntStream.range(0, rows).mapToLong(row -> 1 + row * 5L / rows).toArray();
        Card card = fit(table(Tables.integers("y", classes)), algorithm);
        assertEquals(List.of("1", "2", "3", "4", "5"), card.classes());
        assertTrue(card.positive().isEmpty());
        assertTrue(
                card.metrics().figures().get("accuracy") > 0.75,
                () -> card.metrics().toString());
        assertEquals(5, card.metrics().confusion().size());
        Prediction last = Predictor.load(directory)
                .predict(table(Tables.integers("y", classes)), new int[] {rows - 1})
                .getFirst();
        assertEquals(5L, last.value());
        assertEquals(last.probabilities().get(4), last.probability());
    }

    @ParameterizedTest
    @CsvSource({"21, REGRESSION", "20, CLASSIFICATION", "2, CLASSIFICATION"})
    void integersWithFewDifferentValuesAreClasses(int values, Relation.Task task) {
        long[] labels = IntStream.range(0, 200).mapToLong(row -> row % values).toArray();
        assertEquals(
                task, fit(table(Tables.integers("y", labels)), "decision-tree").task());
    }

    @Test
    void rowsWithoutALabelAreServedButNotLearnedFrom() {
        BitSet nulls = new BitSet();
        nulls.set(0, 50);
        Column.Integers label = (Column.Integers) label(200);
        Table table = table(new Column.Integers("y", label.values(), nulls));
        Card card = fit(table, "decision-tree");
        assertEquals(50, card.rows().unlabelled());
        assertEquals(150, card.rows().labelled());
        assertEquals(
                200,
                Predictor.load(directory)
                        .predict(table, IntStream.range(0, 200).toArray())
                        .size());
    }
}
