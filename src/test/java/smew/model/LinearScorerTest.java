package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;

class LinearScorerTest {

    private static final List<Card.Input> INPUTS = List.of(
            new Card.Input("city", Card.Type.CATEGORY, List.of("Bonn", "Kiel"), 0, 0, 0, Optional.empty()),
            new Card.Input("age", Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.empty()));

    /** Bonn, Kiel, another city, none, age, intercept. */
    private static final double[] SUM = {1, 3, -2, 5, 0.5, 10};

    private static final double[] MEANS = {0.5, 0.25, 0.25, 0, 40};

    @Test
    void anInputContributesHowFarItLiesFromItsMean() {
        LinearScorer scorer = new LinearScorer(
                SmallTrees.card(INPUTS, 0), new Learned.Linear(new double[][] {SUM}, Optional.of(MEANS)));
        double[] amounts = {9, 9};
        Scorer.Sum sum = scorer.explain(new double[] {1, 50}, 0, amounts);
        assertEquals(new Scorer.Sum(10 + 0.75 + 20, 10 + 3 + 25), sum);
        assertArrayEquals(new double[] {3 - 0.75, 5}, amounts, 0);
    }

    @Test
    void theFirstOfTwoClassesHasTheOppositeOfTheSecond() {
        LinearScorer scorer = new LinearScorer(
                SmallTrees.card(INPUTS, 2), new Learned.Linear(new double[][] {SUM}, Optional.of(MEANS)));
        double[] first = new double[2];
        double[] second = new double[2];
        Scorer.Sum ofFirst = scorer.explain(new double[] {3, 30}, 0, first);
        Scorer.Sum ofSecond = scorer.explain(new double[] {3, 30}, 1, second);
        assertEquals(new Scorer.Sum(-ofSecond.baseline(), -ofSecond.value()), ofFirst);
        assertArrayEquals(new double[] {4.25, -5}, second, 0);
        assertArrayEquals(new double[] {-4.25, 5}, first, 0);
    }

    @Test
    void refusesCoefficientsThatDoNotFitTheCard() {
        refused(3, new double[][] {SUM}, MEANS, "there are 1 sums, and inputs and classes of its card want 3");
        refused(2, new double[][] {SUM, SUM}, MEANS, "there are 2 sums");
        refused(0, new double[][] {{1, 2}}, MEANS, "there are 2 coefficients in a sum");
        refused(0, new double[][] {SUM}, SUM, "there are 6 means, and inputs and classes of its card want 5");
    }

    private static void refused(int classes, double[][] sums, double[] means, String found) {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> new LinearScorer(SmallTrees.card(INPUTS, classes), new Learned.Linear(sums, Optional.of(means))));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }
}
