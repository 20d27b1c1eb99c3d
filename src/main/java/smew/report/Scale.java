package smew.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The range of an axis and its ticks, which are multiples of 1, 2 or 5 times a power of ten. Decimal arithmetic, so that a
 * label never reads 0.30000000000000004.
 *
 * @param low below high
 * @param step between ticks
 */
record Scale(BigDecimal low, BigDecimal high, BigDecimal step) {

    /** Numbers beyond this are not drawn: ticks around them would leave the range of a double. */
    private static final double LARGEST = 1e300;

    private static final int[] MULTIPLES = {1, 2, 5};
    private static final int THOUSANDS_FROM = 6;
    private static final int THOUSANDTHS_FROM = -3;

    /** From 0 to 1; below the constants that it is made with. */
    static final Scale SHARE = between(0, 1, 5);

    /** From 0 to 100 per cent. */
    static final Scale PERCENT = between(0, 100, 5);

    /**
     * From tick to tick around numbers.
     *
     * @param most how many steps there may be
     */
    static Scale around(int most, double... numbers) {
        double[] drawable =
                Arrays.stream(numbers).filter(Scale::drawable).sorted().toArray();
        double low = drawable.length == 0 ? 0 : drawable[0];
        double high = drawable.length == 0 ? 0 : drawable[drawable.length - 1];
        if (low == high) {
            high = low == 0 ? 1 : Math.max(low, 0);
            low = Math.min(low, 0);
        }
        BigDecimal step = step(low, high, most);
        return new Scale(below(low, step), above(high, step), step);
    }

    /** Exactly this range, the ticks inside. */
    static Scale between(double low, double high, int most) {
        return new Scale(BigDecimal.valueOf(low), BigDecimal.valueOf(high), step(low, high, most));
    }

    static boolean drawable(double number) {
        return Math.abs(number) < LARGEST;
    }

    private static BigDecimal step(double low, double high, int most) {
        BigDecimal least = BigDecimal.valueOf(high)
                .subtract(BigDecimal.valueOf(low))
                .divide(BigDecimal.valueOf(most), MathContext.DECIMAL64);
        int exponent = least.precision() - least.scale() - 1;
        while (true) {
            for (int multiple : MULTIPLES) {
                BigDecimal step = BigDecimal.valueOf(multiple).scaleByPowerOfTen(exponent);
                BigDecimal steps = above(high, step).subtract(below(low, step)).divide(step);
                if (steps.compareTo(BigDecimal.valueOf(most)) <= 0) {
                    return step;
                }
            }
            exponent++;
        }
    }

    private static BigDecimal below(double number, BigDecimal step) {
        return multiple(number, step, RoundingMode.FLOOR);
    }

    private static BigDecimal above(double number, BigDecimal step) {
        return multiple(number, step, RoundingMode.CEILING);
    }

    private static BigDecimal multiple(double number, BigDecimal step, RoundingMode mode) {
        return BigDecimal.valueOf(number).divide(step, 0, mode).multiply(step);
    }

    /** Where a number lies, 0 at the low end and 1 at the high one; a number outside of the range lies at its end. */
    double place(double number) {
        // Halves, since the whole range may be larger than a double.
        double from = low.doubleValue() / 2;
        double share = (number / 2 - from) / (high.doubleValue() / 2 - from);
        return Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
    }

    boolean holds(double number) {
        return low.doubleValue() <= number && number <= high.doubleValue();
    }

    List<BigDecimal> ticks() {
        List<BigDecimal> ticks = new ArrayList<>();
        BigDecimal tick = low.divide(step, 0, RoundingMode.CEILING).multiply(step);
        while (tick.compareTo(high) <= 0) {
            ticks.add(tick);
            tick = tick.add(step);
        }
        return ticks;
    }

    /** A tick in the unit of the scale, all with as many decimals as the step needs. */
    String label(BigDecimal tick) {
        int unit = unit();
        int decimals =
                Math.max(0, step.scaleByPowerOfTen(-unit).stripTrailingZeros().scale());
        return String.format(Locale.ROOT, "%,." + decimals + "f", tick.scaleByPowerOfTen(-unit));
    }

    /** What the numbers of the ticks count, such as {@code thousands}; empty where they stand for themselves. */
    String unitName() {
        int unit = unit();
        return switch (unit) {
            case 0 -> "";
            case 3 -> "thousands";
            case 6 -> "millions";
            case 9 -> "billions";
            default -> "× 1e" + unit;
        };
    }

    /** A power of ten with an exponent that three divides; 0 where numbers are short, or differ in late digits only. */
    private int unit() {
        BigDecimal largest = low.abs().max(high.abs());
        int digits = largest.precision() - largest.scale();
        if (digits < THOUSANDS_FROM && digits > THOUSANDTHS_FROM) {
            return 0;
        }
        int unit = Math.floorDiv(digits - 1, 3) * 3;
        int decimals = step.scaleByPowerOfTen(-unit).stripTrailingZeros().scale();
        return decimals > 2 ? 0 : unit;
    }
}
