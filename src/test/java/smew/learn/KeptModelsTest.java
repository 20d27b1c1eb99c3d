package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.columns.Table;
import smew.model.Predictor;

/**
 * Model files of every format ever released load and score the same. {@code -Dgolden.rewrite=true} makes those of the
 * present format anew; a released one is never touched again.
 */
class KeptModelsTest {

    private static final Path KEPT = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @CsvSource({
        "random-forest, churn",
        "gradient-boosting, churn",
        "decision-tree, value",
        "adaboost, churn",
        "logistic-regression, churn",
        "linear-ridge, value"
    })
    void thoseOfFormatOneScoreTheSameForever(String algorithm, String label) throws IOException {
        assertSame(KEPT.resolve("models-1").resolve(algorithm), table(label, 150));
    }

    @ParameterizedTest
    @CsvSource({"isotonic-f1, churn", "platt-cost, churn", "votes, churn", "weights, churn", "numbers, value"})
    void thoseOfFormatTwoScoreTheSameForever(String name, String label) throws IOException {
        assertSame(KEPT.resolve("models-2").resolve(name), table(label, 1_000));
    }

    @ParameterizedTest
    @CsvSource({
        "forest, churn, random-forest trees=3, isotonic, f1",
        "boosting, churn, gradient-boosting trees=3, platt, cost fp=1 fn=5",
        "votes, churn, adaboost trees=3, none, 0.3",
        "weights, churn, logistic-regression, auto, youden",
        "boosted-numbers, value, gradient-boosting trees=3, ,",
        "numbers, value, linear-ridge, ,"
    })
    void thoseOfFormatThreeScoreTheSameForever(
            String name, String label, String algorithm, @Nullable String calibrate, @Nullable String threshold)
            throws IOException {
        Path directory = KEPT.resolve("models-3").resolve(name);
        Table table = table(label, 1_000);
        if (Boolean.getBoolean("golden.rewrite")) {
            String[] directives = calibrate == null || threshold == null
                    ? new String[] {"algorithm", algorithm}
                    : new String[] {"algorithm", algorithm, "calibrate", calibrate, "threshold", threshold};
            TrainingTest.fit(Tables.declared(label, directives), table, directory);
            Files.writeString(directory.resolve("predictions.txt"), predictions(directory, table));
        }
        assertSame(directory, table);
    }

    private static Table table(String label, int rows) {
        return label.equals("churn") ? Tables.churn(rows, 9) : Tables.housing(rows, 9);
    }

    private static void assertSame(Path directory, Table table) throws IOException {
        assertEquals(Files.readString(directory.resolve("predictions.txt")), predictions(directory, table));
    }

    /** Seven digits: the exponential function may differ in the last ones between processors. */
    private static String predictions(Path directory, Table table) {
        int[] rows = IntStream.range(0, table.rows()).toArray();
        return Predictor.load(directory).predict(table, rows).stream()
                .map(prediction -> prediction.probability() == null
                        ? String.format(Locale.ROOT, "%.7g\n", prediction.value())
                        : String.format(Locale.ROOT, "%s %.7f\n", prediction.value(), prediction.probability()))
                .collect(Collectors.joining());
    }
}
