package smew.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import smew.model.Interval;

/** Numbers as people read them: thousands apart, no more digits than mean something, the same in every country. */
final class Figures {

    /** Stands where there is no number. */
    static final String NONE = "–";

    /** Keeps a number and its unit on one line. */
    private static final String BLANK = "\u00A0";

    private static final int DIGITS = 4;
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e15;
    private static final int MOST_DECIMALS = 6;
    private static final double EXACT = 1e-9;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Figures() {}

    /** A whole number: {@code 777,715}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 40,000 rows}, {@code 1 row}. */
    static String count(long number, String one) {
        return count(number) + " " + (number == 1 ? one : one.endsWith("y") ? ies(one) : one + "s");
    }

    private static String ies(String one) {
        return one.substring(0, one.length() - 1) + "ies";
    }

    /** Four significant digits, and every digit before the point. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return NONE;
        }
        if (number == 0) {
            return "0";
        }
        double size = Math.abs(number);
        if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
            return String.format(Locale.ROOT, "%.3e", number);
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        int digitsBefore = exact.precision() - exact.scale();
        return grouped(
                digitsBefore >= DIGITS
                        ? exact.setScale(0, RoundingMode.HALF_EVEN)
                        : exact.round(new MathContext(DIGITS)));
    }

    /** A share from 0 to 1 as a percentage: {@code 70.0 %}, below ten {@code 6.02 %}; a whole one has no decimals. */
    static String percent(double share) {
        if (!Double.isFinite(share)) {
            return NONE;
        }
        double hundredth = share * 100;
        if (Math.abs(hundredth - Math.rint(hundredth)) < EXACT) {
            return String.format(Locale.ROOT, "%.0f\u00A0%%", hundredth);
        }
        if (hundredth > 0 && hundredth < 0.01) {
            return "<\u00A00.01\u00A0%";
        }
        if (hundredth < 100 && hundredth >= 99.95) {
            return ">\u00A099.9\u00A0%";
        }
        return String.format(Locale.ROOT, hundredth < 10 ? "%.2f\u00A0%%" : "%.1f\u00A0%%", hundredth);
    }

    static String percent(long part, long whole) {
        return whole == 0 ? NONE : percent((double) part / whole);
    }

    /** Such as {@code 0.7411 to 0.7788}: both ends with as many decimals as the width between them needs. */
    static String interval(Interval interval) {
        double width = Math.abs(interval.high() - interval.low());
        BigDecimal exact = Double.isFinite(width) ? BigDecimal.valueOf(width) : BigDecimal.ZERO;
        int twoDigits = 2 - (exact.precision() - exact.scale());
        int decimals = Math.max(0, Math.max(twoDigits, Math.min(twoDigits + 1, DIGITS)));
        boolean plain = exact.signum() > 0 && decimals <= MOST_DECIMALS && interval.high() < LARGEST_PLAIN;
        String format = "%,." + decimals + "f";
        return (plain ? String.format(Locale.ROOT, format, interval.low()) : number(interval.low()))
                + BLANK + "to" + BLANK
                + (plain ? String.format(Locale.ROOT, format, interval.high()) : number(interval.high()));
    }

    /** Bytes, in powers of 1,000. */
    static String bytes(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return grouped(new BigDecimal(size).round(new MathContext(3))) + BLANK + units[unit];
    }

    /** A duration: {@code 0.31 s}, {@code 2 min 5 s}. */
    static String seconds(double seconds) {
        long whole = Math.round(seconds);
        return seconds < 100
                ? String.format(Locale.ROOT, seconds < 10 ? "%.2f\u00A0s" : "%.1f\u00A0s", seconds)
                : whole / 60 + BLANK + "min" + BLANK + whole % 60 + BLANK + "s";
    }

    static String instant(Instant instant) {
        return MINUTES.format(instant);
    }

    private static String grouped(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }
}
