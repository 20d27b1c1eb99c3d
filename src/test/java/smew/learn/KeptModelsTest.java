package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.columns.Table;
import smew.model.Predictor;
import smew.project.Relation;

/**
 * Model files of every format ever released load and score the same. {@code -Dgolden.rewrite=true} makes those of the
 * present format anew; a released one is never touched again.
 */
class KeptModelsTest {

    private static final Path KEPT = Path.of("src/test/resources/golden/models-1");

    @ParameterizedTest
    @CsvSource({
        "random-forest, churn, true",
        "gradient-boosting, churn, true",
        "decision-tree, value, false",
        "adaboost, churn, true",
        "logistic-regression, churn, false",
        "linear-ridge, value, false"
    })
    void scoreTheSameForever(String algorithm, String label, boolean trees) throws IOException {
        boolean churn = label.equals("churn");
        Table table = churn ? Tables.churn(150, 9) : Tables.housing(150, 9);
        Path directory = KEPT.resolve(algorithm);
        if (Boolean.getBoolean("golden.rewrite")) {
            String[] parameters = trees ? new String[] {"trees", "3"} : new String[0];
            Relation.Model model = Tables.model(churn ? "customer_id" : "id", label, algorithm, parameters);
            TrainingTest.fit(model, table, directory);
            Files.writeString(directory.resolve("predictions.txt"), predictions(directory, table));
        }
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
