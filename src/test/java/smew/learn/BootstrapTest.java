package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.model.Interval;

class BootstrapTest {

    private static final int SIMULATIONS = 1_000;
    private static final int ENTITIES = 150;
    private static final int ROWS_EACH = 4;

    /** AUC of normal scores that are one standard deviation apart: the distribution function of 1 / √2. */
    private static final double TRUE_AUC = 0.7602499389065233;

    /** Rows of one entity share most of their luck. */
    private static double[] luck(SplittableRandom random, int entities, int rowsEach) {
        double[] luck = new double[entities * rowsEach];
        for (int entity = 0; entity < entities; entity++) {
            double shared = random.nextGaussian();
            for (int row = 0; row < rowsEach; row++) {
                luck[entity * rowsEach + row] = Math.sqrt(0.7) * shared + Math.sqrt(0.3) * random.nextGaussian();
            }
        }
        return luck;
    }

    private static int[] groups(int entities, int rowsEach) {
        return IntStream.range(0, entities * rowsEach)
                .map(row -> row / rowsEach)
                .toArray();
    }

    private static TwoClassFigures ranked(SplittableRandom random) {
        double[] scores = luck(random, ENTITIES, ROWS_EACH);
        boolean[] truth = new boolean[scores.length];
        for (int row = 0; row < scores.length; row++) {
            truth[row] = random.nextInt(3) == 0;
            // Any rising function keeps the order, and a probability lies between 0 and 1.
            scores[row] = 1 / (1 + Math.exp(-(scores[row] + (truth[row] ? 1 : 0))));
        }
        return new TwoClassFigures(truth, scores, new boolean[truth.length], Optional.empty());
    }

    private static double coverage(java.util.function.IntFunction<Interval> simulate, double truth) {
        return IntStream.range(0, SIMULATIONS)
                        .parallel()
                        .filter(simulation -> simulate.apply(simulation).holds(truth))
                        .count()
                / (double) SIMULATIONS;
    }

    @Test
    void anIntervalOfTheAucHoldsTheTruthIn95Of100Samples() {
        double coverage = coverage(
                simulation -> new Bootstrap(groups(ENTITIES, ROWS_EACH), ENTITIES, 200, simulation)
                        .of(ranked(new SplittableRandom(simulation)))
                        .intervals()
                        .get("auc"),
                TRUE_AUC);
        assertTrue(coverage >= 0.93 && coverage <= 0.97, () -> "coverage " + coverage);
    }

    @Test
    void anIntervalOfTheErrorHoldsTheTruthIn95Of100Samples() {
        double coverage = coverage(
                simulation -> {
                    double[] error = luck(new SplittableRandom(simulation), ENTITIES, ROWS_EACH);
                    return new Bootstrap(groups(ENTITIES, ROWS_EACH), ENTITIES, 200, simulation)
                            .of(new NumberFigures(new double[error.length], error))
                            .intervals()
                            .get("rmse");
                },
                1);
        assertTrue(coverage >= 0.93 && coverage <= 0.97, () -> "coverage " + coverage);
    }

    @Test
    void drawingRowsInsteadOfEntitiesWouldClaimTooMuch() {
        double coverage = coverage(
                simulation -> {
                    double[] error = luck(new SplittableRandom(simulation), ENTITIES, ROWS_EACH);
                    return new Bootstrap(groups(error.length, 1), error.length, 200, simulation)
                            .of(new NumberFigures(new double[error.length], error))
                            .intervals()
                            .get("rmse");
                },
                1);
        assertTrue(coverage < 0.9, () -> "coverage " + coverage);
    }

    @Test
    void twoModelsThatAreOneDoNotDiffer() {
        TwoClassFigures figures = ranked(new SplittableRandom(1));
        Map<String, Interval> differences =
                new Bootstrap(groups(ENTITIES, ROWS_EACH), ENTITIES, 50, 1).differences(figures, figures);
        assertTrue(differences.containsKey("auc"));
        assertEquals(
                List.of(new Interval(0, 0)),
                List.copyOf(new java.util.HashSet<>(new ArrayList<>(differences.values()))));
    }

    @Test
    void oneEntityTellsNothingOfOthers() {
        TwoClassFigures figures = ranked(new SplittableRandom(1));
        assertEquals(
                Map.of(),
                Bootstrap.of(new long[ENTITIES * ROWS_EACH], 1).of(figures).intervals());
    }
}
