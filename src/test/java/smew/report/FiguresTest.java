package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import smew.model.Interval;

final class FiguresTest {

    @Test
    void keepsFourDigitsThatMeanSomething() {
        assertEquals("0.7604", Figures.number(0.760412));
        assertEquals("0.02821", Figures.number(0.028213));
        assertEquals("-1.235", Figures.number(-1.23456));
        assertEquals("123.8", Figures.number(123.797));
        assertEquals("0", Figures.number(0));
        assertEquals("0.5", Figures.number(0.5));
        assertEquals("1.000e-05", Figures.number(0.00001));
    }

    @Test
    void keepsEveryDigitBeforeThePointAndPartsThousands() {
        assertEquals("48,214", Figures.number(48_213.7));
        assertEquals("1,234,568", Figures.number(1_234_567.89));
        assertEquals("202,500", Figures.number(202_500));
        assertEquals("777,715", Figures.count(777_715));
        assertEquals("1 row", Figures.count(1, "row"));
        assertEquals("2 rows", Figures.count(2, "row"));
    }

    @Test
    void hasASignForNoNumber() {
        assertEquals("–", Figures.number(Double.NaN));
        assertEquals("–", Figures.number(Double.NEGATIVE_INFINITY));
        assertEquals("–", Figures.percent(0, 0));
    }

    @Test
    void roundsSharesButNeverToNothingOrAll() {
        assertEquals("0\u00A0%", Figures.percent(0));
        assertEquals("100\u00A0%", Figures.percent(1));
        assertEquals("30\u00A0%", Figures.percent(0.3));
        assertEquals("94.0\u00A0%", Figures.percent(0.9398));
        assertEquals("6.02\u00A0%", Figures.percent(0.0602));
        assertEquals("<\u00A00.01\u00A0%", Figures.percent(0.00001));
        assertEquals(">\u00A099.9\u00A0%", Figures.percent(0.99996));
    }

    @Test
    void writesBothEndsOfAnIntervalWithAsManyDecimals() {
        assertEquals(words("0.7411 to 0.7788"), Figures.interval(new Interval(0.74112, 0.77876)));
        assertEquals(words("0.1960 to 0.2124"), Figures.interval(new Interval(0.196, 0.2124)));
        assertEquals(words("0.9334 to 0.9431"), Figures.interval(new Interval(0.93342, 0.94309)));
        assertEquals(words("0.00586 to 0.00634"), Figures.interval(new Interval(0.005856, 0.006344)));
        assertEquals(words("-0.0011 to 0.0019"), Figures.interval(new Interval(-0.0011, 0.0019)));
        assertEquals(words("46,900 to 49,700"), Figures.interval(new Interval(46_900, 49_700)));
        assertEquals(words("0.5 to 0.5"), Figures.interval(new Interval(0.5, 0.5)));
        assertEquals(words("1.000e-09 to 3.000e-09"), Figures.interval(new Interval(1e-9, 3e-9)));
        assertEquals(words("– to 3"), Figures.interval(new Interval(Double.NaN, 3)));
    }

    /** On one line. */
    private static String words(String words) {
        return words.replace(' ', '\u00A0');
    }

    @Test
    void saysSizesAndTimes() {
        assertEquals("0\u00A0bytes", Figures.bytes(0));
        assertEquals("999\u00A0bytes", Figures.bytes(999));
        assertEquals("1.4\u00A0MB", Figures.bytes(1_401_752));
        assertEquals("0.03\u00A0s", Figures.seconds(0.027));
        assertEquals("12.5\u00A0s", Figures.seconds(12.46));
        assertEquals("2\u00A0min\u00A05\u00A0s", Figures.seconds(124.9));
        assertEquals("2\u00A0min\u00A00\u00A0s", Figures.seconds(119.9));
    }
}
