package smew.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import smew.project.Relation;

class DifferenceTest {

    private static Card card(String... classes) {
        return Cards.of(
                classes.length == 0 ? Card.LabelType.NUMBER : Card.LabelType.TEXT,
                List.of(classes),
                classes.length == 2 ? Optional.of(classes[1]) : Optional.empty(),
                List.of("id"),
                List.of(),
                List.of(),
                Relation.Missing.MEDIAN);
    }

    private static Prediction said(Card card, double... probabilities) {
        List<Double> all = DoubleStream.of(probabilities).boxed().toList();
        double most = Arrays.stream(probabilities).max().orElseThrow();
        return new Prediction(card.classes().get(all.indexOf(most)), most, all);
    }

    private static double ofNumbers(double one, double other) {
        return Difference.between(
                card(), new Prediction(one, null, List.of()), card(), new Prediction(other, null, List.of()));
    }

    @Test
    void ofTwoClassesItIsThatOfTheProbability() {
        Card card = card("no", "yes");
        assertEquals(0.25, Difference.between(card, said(card, 0.5, 0.5), card, said(card, 0.75, 0.25)), 1e-12);
        Card turned = card("yes", "no");
        assertEquals(0, Difference.between(card, said(card, 0.2, 0.8), turned, said(turned, 0.8, 0.2)), 1e-12);
    }

    @Test
    void ofMoreClassesItIsTheGreatestOfAnyAlsoOfThoseThatOneModelNeverSaw() {
        Card three = card("a", "b", "c");
        Card two = card("a", "b");
        assertEquals(0.7, Difference.between(three, said(three, 0.1, 0.2, 0.7), two, said(two, 0.4, 0.6)), 1e-12);
        assertEquals(0.7, Difference.between(two, said(two, 0.4, 0.6), three, said(three, 0.1, 0.2, 0.7)), 1e-12);
    }

    @Test
    void ofNumbersItIsAShareOfTheLargerOne() {
        assertEquals(0, ofNumbers(0, 0));
        assertEquals(0.5, ofNumbers(100, 50));
        assertEquals(0.5, ofNumbers(-50, -100));
        assertEquals(2, ofNumbers(-7, 7));
        assertEquals(1, ofNumbers(0, 3));
    }
}
