package smew.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {

    @Test
    void aucCountsPairsAndHalfOfTies() {
        // Pairs of a positive (0.4, 0.8, 0.4) and a negative (0.1, 0.4): 1 + 0.5 + 1 + 1 + 1 + 0.5 of 6.
        int[] truth = {1, 0, 1, 0, 1};
        double[] scores = {0.4, 0.1, 0.8, 0.4, 0.4};
        assertEquals(5.0 / 6, ClassificationMetrics.auc(truth, scores, 1), 1e-15);
    }

    @Test
    void aucEqualsTheCountOfAllPairs() {
        SplittableRandom random = new SplittableRandom(3);
        int[] truth = random.ints(300, 0, 2).toArray();
        double[] scores = random.ints(300, 0, 12).asDoubleStream().toArray();
        double won = 0;
        long pairs = 0;
        for (int a = 0; a < truth.length; a++) {
            for (int b = 0; b < truth.length; b++) {
                if (truth[a] == 1 && truth[b] == 0) {
                    pairs++;
                    won += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0;
                }
            }
        }
        assertEquals(won / pairs, ClassificationMetrics.auc(truth, scores, 1), 1e-12);
    }

    @Test
    void leavesOutWhatIsUndefined() {
        Map<String, Double> figures =
                ClassificationMetrics.of(new int[] {0, 0}, new double[][] {{0.9, 0.4}, {0.1, 0.6}}, 1);
        assertFalse(figures.containsKey("auc"));
        assertEquals(0, figures.get("recall"));
    }

    @Test
    void computesTheFiguresOfTwoClasses() {
        int[] truth = {0, 1, 1, 0};
        double[][] probabilities = {{0.8, 0.4, 0.7, 0.1}, {0.2, 0.6, 0.3, 0.9}};
        Map<String, Double> figures = ClassificationMetrics.of(truth, probabilities, 1);
        assertEquals(0.5, figures.get("accuracy"));
        assertEquals(0.5, figures.get("auc"));
        assertEquals(
                -(Math.log(0.8) + Math.log(0.6) + Math.log(0.3) + Math.log(0.1)) / 4, figures.get("log_loss"), 1e-15);
        assertEquals((0.04 + 0.16 + 0.49 + 0.81) / 4, figures.get("brier"), 1e-15);
        assertEquals(0.5, figures.get("precision"));
        assertEquals(0.5, figures.get("recall"));
        assertEquals(0.5, figures.get("f1"));
    }

    @Test
    void aPerfectMistakeHasAFiniteLogLoss() {
        double loss = ClassificationMetrics.loss(0);
        assertEquals(-Math.log(Math.ulp(1.0)), loss, 1e-9);
    }

    @Test
    void predictsTheFirstOfEquallyProbableClasses() {
        assertArrayEquals(new int[] {0, 2}, ClassificationMetrics.predicted(new double[][] {
            {0.4, 0.1}, {0.4, 0.3}, {0.2, 0.6}
        }));
    }

    @Test
    void regressionFiguresAreThoseOfTheTextbook() {
        Map<String, Double> figures =
                new NumberFigures(new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0.0, 2, 8}).once();
        assertEquals(Math.sqrt(0.375), figures.get("rmse"), 1e-15);
        assertEquals(0.5, figures.get("mae"), 1e-15);
        assertEquals(0.9486081370449679, figures.get("r2"), 1e-12);
        assertTrue(new NumberFigures(new double[] {1, 1}, new double[] {1, 2})
                        .once()
                        .get("r2")
                == null);
    }
}
