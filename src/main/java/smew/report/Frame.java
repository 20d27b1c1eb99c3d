package smew.report;

import java.util.Locale;

/**
 * Where a panel lies in its drawing, in units of the drawing, from the upper left corner down.
 *
 * @param across the level axis, which all panels share
 * @param up of this panel
 */
record Frame(int left, int top, int right, int bottom, Scale across, Scale up) {

    double across(double number) {
        return left + across.place(number) * (right - left);
    }

    double upwards(double number) {
        return bottom - up.place(number) * (bottom - top);
    }

    String x(double number) {
        return rounded(across(number));
    }

    String y(double number) {
        return rounded(upwards(number));
    }

    /** To a tenth, which no eye can tell apart, so that a page stays small. */
    static String rounded(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
