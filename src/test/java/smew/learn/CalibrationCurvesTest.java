package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import smew.base.Json;
import smew.model.Calibration;
import smew.model.Calibrator;
import tools.jackson.databind.JsonNode;

/** Curves equal those of scikit-learn; {@code golden/calibration/make.py} says how the expected ones were made. */
class CalibrationCurvesTest {

    private static JsonNode cases(String curve) throws IOException {
        return Json.tree(Files.readAllBytes(Path.of("src/test/resources/golden/calibration/calibration.json")))
                .get(curve);
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static double at(Calibration.Correction curve, double probability) {
        double[] both = {1 - probability, probability};
        Calibrator.of(List.of(curve), 1).correct(both);
        return both[1];
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @TestFactory
    Stream<DynamicTest> isotonicCurvesAreThoseOfScikitLearn() throws IOException {
        return cases("isotonic")
                .valueStream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").asString(), () -> {
                    Isotonic curve =
                            Isotonic.of(numbers(one.get("x")), numbers(one.get("y")), numbers(one.get("weights")));
                    Calibration.Correction correction =
                            new Calibration.Correction(boxed(curve.from()), boxed(curve.to()), 0, 0);
                    double[] asked = numbers(one.get("asked"));
                    double[] expected = numbers(one.get("expected"));
                    for (int i = 0; i < asked.length; i++) {
                        assertEquals(expected[i], at(correction, asked[i]), 1e-9, "at " + asked[i]);
                    }
                }));
    }

    /** Its search ends where the gradient is small, ours where it is 10^-13: they differ by what its search leaves. */
    @TestFactory
    Stream<DynamicTest> logisticCurvesAreThoseOfScikitLearn() throws IOException {
        return cases("platt")
                .valueStream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").asString(), () -> {
                    JsonNode written = one.get("real");
                    boolean[] real = new boolean[written.size()];
                    IntStream.range(0, real.length)
                            .forEach(i -> real[i] = written.get(i).asBoolean());
                    Platt curve = Platt.of(numbers(one.get("scores")), real);
                    assertEquals(one.get("slope").asDouble(), curve.slope(), 2e-5);
                    assertEquals(one.get("intercept").asDouble(), curve.intercept(), 2e-5);
                }));
    }

    @Test
    void noCurveFallsOrIsEverSure() {
        SplittableRandom random = new SplittableRandom(1);
        double[] probabilities = IntStream.range(0, 300)
                .mapToDouble(row -> Math.rint(1000 * random.nextDouble()) / 1000)
                .toArray();
        for (int turn = 0; turn < 40; turn++) {
            boolean[] real = new boolean[probabilities.length];
            double power = 4 * random.nextDouble();
            for (int row = 0; row < real.length; row++) {
                real[row] = random.nextDouble() < Math.pow(probabilities[row], power);
            }
            real[0] = true;
            real[1] = false;
            for (Calibration.Correction curve :
                    List.of(Isotonic.correction(probabilities, real), Platt.correction(probabilities, real))) {
                double before = 0;
                for (double p = 0; p <= 1; p += 1.0 / 512) {
                    double now = at(curve, p);
                    assertTrue(now >= before && now > 0 && now < 1, now + " at " + p + ", after " + before);
                    before = now;
                }
            }
        }
    }

    @Test
    void aModelThatMisleadsIsCorrectedToTheShareOfAllRows() {
        double[] probabilities = {0.9, 0.9, 0.8, 0.2, 0.1, 0.1};
        boolean[] real = {false, false, false, true, true, true};
        Calibration.Correction level = Platt.correction(probabilities, real);
        assertEquals(0, level.slope());
        assertEquals(0.5, at(level, 0.99), 1e-12);
    }
}
