package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import smew.base.Json;
import smew.project.Figure;
import tools.jackson.databind.JsonNode;

/** Figures equal those of scikit-learn; {@code golden/metrics/make.py} says how the expected ones were made. */
class FiguresTest {

    @TestFactory
    Stream<DynamicTest> figuresAreThoseOfScikitLearn() throws IOException {
        JsonNode cases = Json.tree(Files.readAllBytes(Path.of("src/test/resources/golden/metrics/figures.json")));
        return each(cases).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").asString(), () -> {
                    Map<String, Double> figures = figures(one).of(wholes(one.get("counts")));
                    assertEquals(Set.copyOf(one.get("figures").propertyNames()), figures.keySet());
                    assertTrue(
                            figures.keySet().stream()
                                    .allMatch(name -> Figure.of(name).isPresent()),
                            "what directives can name: " + figures.keySet());
                    one.get("figures")
                            .forEachEntry((name, expected) -> assertEquals(
                                    expected.asDouble(),
                                    figures.get(name),
                                    1e-9 * Math.max(1, Math.abs(expected.asDouble())),
                                    name));
                }));
    }

    private static Figures figures(JsonNode one) {
        JsonNode given = one.get("probability");
        return switch (one.get("kind").asString()) {
            case "number" -> new NumberFigures(numbers(one.get("truth")), numbers(given));
            case "two" -> {
                double[] positive = numbers(given);
                double[] negative = Arrays.stream(positive).map(p -> 1 - p).toArray();
                double[][] both = {negative, positive};
                yield ClassificationMetrics.figures(
                        wholes(one.get("truth")), both, 1, ClassificationMetrics.predicted(both), Optional.empty());
            }
            default -> {
                double[][] all = each(given).stream().map(FiguresTest::numbers).toArray(double[][]::new);
                yield ClassificationMetrics.figures(
                        wholes(one.get("truth")), all, -1, ClassificationMetrics.predicted(all), Optional.empty());
            }
        };
    }

    private static List<JsonNode> each(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        Iterator<JsonNode> elements = array.iterator();
        elements.forEachRemaining(all::add);
        return all;
    }

    private static double[] numbers(JsonNode array) {
        return each(array).stream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static int[] wholes(JsonNode array) {
        return each(array).stream().mapToInt(JsonNode::asInt).toArray();
    }

    @Test
    void aRowCountedTwiceIsTwoRows() {
        boolean[] truth = {true, false, true, false, false};
        double[] probability = {0.9, 0.4, 0.4, 0.1, 0.6};
        boolean[] called = {true, false, false, false, true};
        int[] counts = {2, 1, 3, 0, 1};
        int[] rows = IntStream.range(0, 5)
                .flatMap(row -> IntStream.generate(() -> row).limit(counts[row]))
                .toArray();
        boolean[] truths = new boolean[rows.length];
        boolean[] calls = new boolean[rows.length];
        IntStream.range(0, rows.length).forEach(i -> {
            truths[i] = truth[rows[i]];
            calls[i] = called[rows[i]];
        });
        Map<String, Double> weighted = new TwoClassFigures(truth, probability, called, Optional.empty()).of(counts);
        Map<String, Double> repeated = new TwoClassFigures(
                        truths,
                        Arrays.stream(rows).mapToDouble(row -> probability[row]).toArray(),
                        calls,
                        Optional.empty())
                .once();
        repeated.forEach((name, value) -> {
            if (!name.equals("calibration_error")) {
                assertEquals(value, weighted.get(name), 1e-12, name);
            }
        });
    }

    @Test
    void whatIsUndefinedIsLeftOut() {
        Map<String, Double> figures = new TwoClassFigures(
                        new boolean[] {true, true},
                        new double[] {0.9, 0.4},
                        new boolean[] {true, false},
                        Optional.empty())
                .once();
        for (String name : List.of("auc", "gini", "ks", "balanced_accuracy")) {
            assertFalse(figures.containsKey(name), name);
        }
        assertTrue(figures.values().stream().allMatch(Double::isFinite), figures::toString);
    }
}
