package smew.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Digest;
import smew.base.Json;
import smew.base.Progress;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.project.Relation;
import smile.math.MathEx;

class TrainingTest {

    private static final LocalDate AS_OF = LocalDate.of(2021, 9, 17);

    @TempDir
    Path directory;

    static Card fit(Relation.Model model, Table table, Path directory) {
        return Training.fit(model, table, Training.Terms.of(AS_OF), directory, Progress.NONE);
    }

    private static Relation.Model model(String algorithm, boolean regression) {
        Relation.Model model =
                regression ? Tables.model("id", "value", algorithm) : Tables.model("customer_id", "churn", algorithm);
        return algorithm.contains("forest")
                ? Tables.model(model.entity().getFirst(), model.label(), algorithm, "trees", "20")
                : model;
    }

    @ParameterizedTest
    @CsvSource({
        "random-forest, false",
        "random-forest, true",
        "decision-tree, false",
        "decision-tree, true",
        "gradient-boosting, false",
        "gradient-boosting, true",
        "adaboost, false",
        "logistic-regression, false",
        "linear-ridge, true",
    })
    void everyAlgorithmLearnsSavesLoadsAndScoresTheSame(String algorithm, boolean regression) {
        Table table = regression ? Tables.housing(400, 1) : Tables.churn(400, 1);
        Card card = fit(model(algorithm, regression), table, directory);
        assertEquals(Json.pretty(card), Json.pretty(Json.read(Json.bytes(card), Card.class)));

        Predictor predictor = Predictor.load(directory);
        List<Prediction> predictions =
                predictor.predict(table, IntStream.range(0, table.rows()).toArray());
        if (regression) {
            assertTrue(
                    card.metrics().figures().get("r2") > 0.7,
                    () -> card.metrics().toString());
            assertTrue(predictions.stream().allMatch(p -> p.value() instanceof Double));
        } else {
            assertTrue(
                    card.metrics().figures().get("auc") > 0.85,
                    () -> card.metrics().toString());
            assertTrue(predictions.stream().allMatch(p -> List.of("Yes", "No").contains(p.value())));
            assertEquals(
                    1,
                    predictions.getFirst().probabilities().stream()
                            .mapToDouble(p -> p)
                            .sum(),
                    1e-9);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "random-forest, false",
        "random-forest, true",
        "decision-tree, false",
        "decision-tree, true",
        "gradient-boosting, false",
        "gradient-boosting, true",
        "adaboost, false",
        "logistic-regression, false",
        "linear-ridge, true",
    })
    void theSameRowsGiveTheSameBytes(String algorithm, boolean regression) throws Exception {
        Table table = regression ? Tables.housing(300, 1) : Tables.churn(300, 1);
        Relation.Model model = model(algorithm, regression);
        fit(model, table, directory.resolve("first"));
        MathEx.setSeed(7);
        MathEx.random();
        fit(model, table, directory.resolve("second"));
        Thread other = new Thread(() -> fit(model, Tables.shuffled(table, 3), directory.resolve("shuffled")));
        other.start();
        other.join();
        try (ForkJoinPool pool = new ForkJoinPool(3)) {
            pool.submit(() -> fit(model, table, directory.resolve("pool"))).get();
        }
        assertArrayEquals(files(directory.resolve("first")), files(directory.resolve("second")));
        assertArrayEquals(files(directory.resolve("first")), files(directory.resolve("shuffled")));
        assertArrayEquals(files(directory.resolve("first")), files(directory.resolve("pool")));
    }

    @ParameterizedTest
    @CsvSource({"logistic-regression, NONE", "logistic-regression, SMOTE", "gradient-boosting, CLASS_WEIGHT"})
    void manyRowsGiveTheSameBytesOnAnyNumberOfThreads(String algorithm, Relation.Resample resample) throws Exception {
        String[] few =
                algorithm.startsWith("logistic") ? new String[] {"max-iterations", "20"} : new String[] {"trees", "5"};
        Relation.Model model = Tables.with(Tables.model("customer_id", "churn", algorithm, few), resample);
        Table table = Tables.churn(10_000, 1);
        String[] expected = {};
        for (int threads : new int[] {1, 2, 5}) {
            Path made = directory.resolve("threads-" + threads);
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                pool.submit(() -> fit(model, table, made)).get();
            }
            expected = threads == 1 ? files(made) : expected;
            assertArrayEquals(expected, files(made));
        }
    }

    private static String[] files(Path directory) throws IOException {
        List<String> digests = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                digests.add(file.getFileName() + " " + Digest.of(file));
            }
        }
        return digests.toArray(String[]::new);
    }

    @Test
    void anotherSeedGivesAnotherModel() throws IOException {
        Relation.Model model = model("random-forest", false);
        Table table = Tables.churn(300, 1);
        Card first = fit(model, table, directory.resolve("first"));
        Card second = Training.fit(
                model,
                table,
                new Training.Terms(AS_OF, OptionalLong.of(43), false, Optional.empty()),
                directory.resolve("second"),
                Progress.NONE);
        assertEquals(43, second.seed());
        assertTrue(!first.artefact().sha256().equals(second.artefact().sha256()));
        assertEquals(first.provenance().dataDigest(), second.provenance().dataDigest());
    }

    @Test
    void aChangedCellChangesTheDataDigest() {
        Relation.Model model = model("decision-tree", false);
        Card first = fit(model, Tables.churn(300, 1), directory);
        Table changed = Tables.churn(300, 1);
        ((Column.Integers) changed.column("tenure").orElseThrow()).values()[7]++;
        assertTrue(!first.provenance()
                .dataDigest()
                .equals(fit(model, changed, directory).provenance().dataDigest()));
    }

    @Test
    void aCategoryOfVeryManyLevelsKeepsTheMostFrequentOnes() {
        Table table = Tables.churn(2_000, 1);
        String[] streets = IntStream.range(0, 2_000)
                .mapToObj(row -> row % 4 == 0 ? "Main Street" : "Street " + row)
                .toArray(String[]::new);
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(1, Tables.texts("street", streets));
        Card card = fit(model("logistic-regression", false), new Table(columns, 2_000), directory);
        Card.Input street = card.inputs().getFirst();
        assertEquals(128, street.levels().size());
        assertTrue(street.levels().contains("Main Street"));
        assertTrue(street.otherRows() > 800, () -> "" + street.otherRows());
    }

    @Test
    void saysWhatTheModelIs() throws IOException {
        Card card = fit(model("random-forest", false), Tables.churn(400, 1), directory);
        assertEquals(List.of("No", "Yes"), card.classes());
        assertEquals("Yes", card.positive().orElseThrow());
        assertEquals(5, card.inputs().size());
        assertEquals(List.of("Card", "Check", "Transfer"), card.inputs().get(1).levels());
        assertTrue(Files.readString(directory.resolve("card.json")).contains("\"type\" : \"category\""));
        assertEquals(
                card.rows().labelled(), card.rows().training() + card.rows().heldOut());
        assertEquals(
                "contract tenure",
                Arrays.stream(new int[] {0, 1})
                        .mapToObj(i -> card.importance().get(i).input())
                        .sorted()
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow());
    }
}
