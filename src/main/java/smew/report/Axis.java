package smew.report;

import java.math.BigDecimal;

/**
 * One axis of a drawing.
 *
 * @param title what the numbers are
 * @param suffix of every label, such as a sign of per cent
 */
record Axis(String title, Scale scale, String suffix) {

    /** Numbers of their own unit. */
    static Axis of(String title, Scale scale) {
        return new Axis(title, scale, "");
    }

    /** Numbers that are per cent already. */
    static Axis percent(String title, Scale scale) {
        return new Axis(title, scale, "\u00A0%");
    }

    String label(BigDecimal tick) {
        return scale.label(tick) + suffix;
    }

    /** The title, with the unit of the labels where they are not plain. */
    String words() {
        String unit = scale.unitName();
        return unit.isEmpty() ? title : title + ", " + unit;
    }

    /** How many characters the longest label has. */
    int longest() {
        return scale.ticks().stream()
                .mapToInt(tick -> label(tick).length())
                .max()
                .orElse(0);
    }
}
