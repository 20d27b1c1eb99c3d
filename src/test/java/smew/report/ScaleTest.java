package smew.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleTest {

    private static List<String> labels(Scale scale) {
        return scale.ticks().stream().map(scale::label).toList();
    }

    @Property
    void ticksAreRoundAndHoldWhatIsDrawn(
            @ForAll @DoubleRange(min = -1e12, max = 1e12) double one,
            @ForAll @DoubleRange(min = -1e12, max = 1e12) double other,
            @ForAll @IntRange(min = 2, max = 9) int most) {
        Scale scale = Scale.around(most, one, other);
        assertTrue(scale.holds(one) && scale.holds(other), scale.toString());
        assertTrue(
                Set.of("1", "2", "5")
                        .contains(scale.step()
                                .stripTrailingZeros()
                                .unscaledValue()
                                .toString()),
                scale.toString());
        int steps = scale.ticks().size() - 1;
        assertTrue(steps >= 1 && steps <= most, scale + " has " + steps + " steps");
        assertEquals(0, scale.low().compareTo(scale.ticks().getFirst()));
        assertEquals(0, scale.high().compareTo(scale.ticks().getLast()));
    }

    @Property
    void labelsDifferAndSayTheirTick(
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Scale scale = Scale.around(5, one, one * share);
        List<String> labels = labels(scale);
        assertEquals(labels.size(), Set.copyOf(labels).size(), labels.toString());
        int unit = switch (scale.unitName()) {
            case "" -> 0;
            case "thousands" -> 3;
            case "millions" -> 6;
            case "billions" -> 9;
            default -> Integer.parseInt(scale.unitName().substring("× 1e".length()));
        };
        for (int i = 0; i < labels.size(); i++) {
            BigDecimal said = new BigDecimal(labels.get(i).replace(",", "")).scaleByPowerOfTen(unit);
            assertEquals(0, said.compareTo(scale.ticks().get(i)), labels + " for " + scale.ticks());
        }
    }

    @Property
    void placesKeepTheOrderOfNumbersAndStayInside(@ForAll double one, @ForAll double other, @ForAll double third) {
        Scale scale = Scale.around(5, one, other);
        assertTrue(scale.place(third) >= 0 && scale.place(third) <= 1);
        if (one < other && Scale.drawable(one) && Scale.drawable(other)) {
            assertTrue(scale.place(one) <= scale.place(other));
        }
    }

    @Test
    void takesTheSmallestRoundStepThatIsLargeEnough() {
        assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Scale.SHARE));
        assertEquals(List.of("0", "20", "40", "60", "80", "100"), labels(Scale.PERCENT));
        assertEquals(List.of("0.00", "0.05", "0.10", "0.15", "0.20", "0.25"), labels(Scale.around(5, 0, 0.244)));
        assertEquals(List.of("-5", "0", "5", "10"), labels(Scale.around(4, -3, 8)));
    }

    @Test
    void writesLargeAndSmallNumbersInAUnit() {
        Scale money = Scale.around(5, 85_000, 484_000);
        assertEquals("thousands", money.unitName());
        assertEquals(List.of("0", "100", "200", "300", "400", "500"), labels(money));
        assertEquals("millions", Scale.around(5, 0, 4.2e6).unitName());
        assertEquals("× 1e12", Scale.around(5, 0, 4.2e12).unitName());
        assertEquals("× 1e-6", Scale.around(5, 0, 4.2e-4).unitName());
        assertEquals("", Scale.around(5, 0, 49_000).unitName());
        assertEquals(List.of("0", "20,000", "40,000", "60,000"), labels(Scale.around(4, 0, 55_000)));
    }

    @Test
    void keepsEveryDigitOfNumbersThatDifferInLateOnes() {
        Scale scale = Scale.around(2, 1_000_000_010, 1_000_000_012);
        assertEquals("", scale.unitName());
        assertEquals(List.of("1,000,000,010", "1,000,000,011", "1,000,000,012"), labels(scale));
    }

    @Test
    void drawsOneNumberFromNothing() {
        assertEquals(List.of("0", "1", "2", "3"), labels(Scale.around(4, 3, 3)));
        assertEquals(List.of("-3", "-2", "-1", "0"), labels(Scale.around(3, -3)));
        assertEquals(List.of("0.0", "0.5", "1.0"), labels(Scale.around(3, 0)));
        assertEquals(List.of("0.0", "0.5", "1.0"), labels(Scale.around(3)));
    }

    @Test
    void leavesOutWhatIsNoNumber() {
        double[] numbers = {Double.NaN, 0, Double.POSITIVE_INFINITY, 1, Double.MAX_VALUE};
        assertEquals(Scale.around(5, 0, 1), Scale.around(5, numbers));
        assertEquals(0, Scale.SHARE.place(Double.NaN));
        assertEquals(1, Scale.SHARE.place(Double.POSITIVE_INFINITY));
    }

    @Test
    void placesNumbersAtBothEndsOfAHugeRange() {
        Scale scale = Scale.around(4, -9e299, 9e299);
        assertEquals(0.5, scale.place(0), 1e-12);
        assertEquals(1, scale.place(1e300), 1e-12);
    }
}
