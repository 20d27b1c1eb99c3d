package smew.learn;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One parameter of an algorithm.
 *
 * @param minimum the least value allowed
 * @param maximum the greatest value allowed
 * @param standard the value where none is written
 */
public record Parameter(String name, Kind kind, double minimum, double maximum, double standard, String meaning) {

    /** Java's own parsers also take its literals, such as 0.1d, and digits of other scripts. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smh])");

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    /** How a value is written. A duration is held in seconds. */
    public enum Kind {
        INTEGER,
        NUMBER,
        DURATION
    }

    static Parameter integer(String name, int minimum, int maximum, int standard, String meaning) {
        return new Parameter(name, Kind.INTEGER, minimum, maximum, standard, meaning);
    }

    static Parameter number(String name, double minimum, double maximum, double standard, String meaning) {
        return new Parameter(name, Kind.NUMBER, minimum, maximum, standard, meaning);
    }

    static Parameter seconds(String name, int minimum, int maximum, int standard, String meaning) {
        return new Parameter(name, Kind.DURATION, minimum, maximum, standard, meaning);
    }

    /** {@code integer}, {@code number} or {@code duration}. */
    public String type() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** A value as a person writes it: whole numbers without a fraction, durations such as {@code 60s}. */
    public String text(double value) {
        return switch (kind) {
            case INTEGER -> Long.toString((long) value);
            case NUMBER -> Double.toString(value);
            case DURATION -> duration((long) value);
        };
    }

    private static String duration(long seconds) {
        if (seconds >= 2 * HOUR && seconds % HOUR == 0) {
            return seconds / HOUR + "h";
        }
        return seconds >= 2 * MINUTE && seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
    }

    /** The value that a text stands for, or NaN where it is none or out of range. */
    double value(String text) {
        double value = read(text);
        return value >= minimum && value <= maximum ? value : Double.NaN;
    }

    private double read(String text) {
        try {
            Matcher duration = DURATION.matcher(text);
            return switch (kind) {
                case INTEGER -> DECIMAL.matcher(text).matches() ? Long.parseLong(text) : Double.NaN;
                case NUMBER -> DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
                case DURATION ->
                    duration.matches() ? Long.parseLong(duration.group(1)) * unit(duration.group(2)) : Double.NaN;
            };
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    private static int unit(String letter) {
        return letter.equals("h") ? HOUR : letter.equals("m") ? MINUTE : 1;
    }

    /** What may be written: {@code an integer from 1 to 5000}. */
    String expected() {
        String article = switch (kind) {
            case INTEGER -> "an integer";
            case NUMBER -> "a number";
            case DURATION -> "a duration such as " + text(standard) + ",";
        };
        return article + " from " + text(minimum) + " to " + text(maximum);
    }

    /** A value for a card: an integer as such, a duration as written. */
    Object shown(double value) {
        return switch (kind) {
            case INTEGER -> (long) value;
            case NUMBER -> value;
            case DURATION -> text(value);
        };
    }
}
