package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.model.Interval;
import smew.report.Verdict.Better;
import smew.report.Verdict.Kind;

final class VerdictTest {

    private static Verdict auc(double figure, double low, double high) {
        return Verdict.against(
                Better.HIGHER, figure, Optional.of(new Interval(low, high)), Optional.of(0.5), "guessing");
    }

    @Test
    void callsADifferenceOutsideOfTheIntervalByItsSize() {
        assertEquals(new Verdict(Kind.BETTER, "better by 0.26"), auc(0.76, 0.74, 0.78));
        assertEquals(new Verdict(Kind.WORSE, "worse by 0.1"), auc(0.4, 0.38, 0.42));
    }

    @Test
    void callsADifferenceInsideOfTheIntervalChance() {
        Verdict chance = auc(0.52, 0.49, 0.55);
        assertEquals(new Verdict(Kind.SAME, "no different from guessing: the interval holds 0.5"), chance);
        assertEquals(chance.words(), auc(0.5, 0.5, 0.55).words(), "an end belongs to the interval");
    }

    @Test
    void knowsWhichWayAFigureIsGood() {
        Optional<Interval> interval = Optional.of(new Interval(0.19, 0.21));
        assertEquals(
                new Verdict(Kind.BETTER, "better by 0.03"),
                Verdict.against(Better.LOWER, 0.2, interval, Optional.of(0.23), "the baseline"));
        assertEquals(
                new Verdict(Kind.WORSE, "worse by 0.1"),
                Verdict.against(Better.LOWER, 0.2, interval, Optional.of(0.1), "the baseline"));
        assertEquals(
                Kind.OPEN,
                Verdict.against(Better.NEITHER, 0.2, interval, Optional.of(0.1), "the baseline")
                        .kind());
    }

    @Test
    void comparesByTheFiguresAloneWhereNoIntervalIsKnown() {
        assertEquals(
                new Verdict(Kind.BETTER, "better by 0.02"),
                Verdict.against(Better.HIGHER, 0.52, Optional.empty(), Optional.of(0.5), "guessing"));
        assertEquals(
                new Verdict(Kind.SAME, "the same"),
                Verdict.against(Better.HIGHER, 0.5, Optional.empty(), Optional.of(0.5), "guessing"));
    }

    @Test
    void saysNothingWithoutSomethingToCompareWith() {
        assertEquals(
                "–",
                Verdict.against(Better.HIGHER, 0.5, Optional.empty(), Optional.empty(), "guessing")
                        .words());
        assertEquals(
                "–",
                Verdict.against(Better.HIGHER, Double.NaN, Optional.empty(), Optional.of(0.5), "guessing")
                        .words());
    }

    @Test
    void judgesADifferenceBetweenTwoModelsByItsOwnInterval() {
        assertEquals(
                "better by 0.012",
                Verdict.difference(Better.HIGHER, 0.012, new Interval(0.002, 0.022))
                        .words());
        assertEquals(
                "worse by 0.012",
                Verdict.difference(Better.LOWER, 0.012, new Interval(0.002, 0.022))
                        .words());
        assertEquals(
                "no different: the interval holds 0",
                Verdict.difference(Better.HIGHER, 0.012, new Interval(-0.001, 0.022))
                        .words());
    }
}
