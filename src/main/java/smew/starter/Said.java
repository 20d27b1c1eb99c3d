package smew.starter;

import java.util.List;
import java.util.Locale;

/** Counts, shares and values as sentences have them. */
final class Said {

    private static final int LETTERS = 40;

    private Said() {}

    /** {@code 7,043}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1,869 of 7,043}. */
    static String of(long part, long all) {
        return count(part) + " of " + count(all);
    }

    /** {@code 26.5 %}; never 0 or 100 unless it is just that. */
    static String percent(long part, long all) {
        if (part == 0 || part == all) {
            return part == 0 ? "0 %" : "100 %";
        }
        double percent = Math.clamp(100.0 * part / all, 0.01, 99.99);
        return String.format(Locale.ROOT, percent < 1 || percent > 99 ? "%.2f %%" : "%.1f %%", percent);
    }

    /** A value in quotes, on one line, cut where it is long. */
    static String value(String value) {
        return "'" + plain(value) + "'";
    }

    /** A value or a name on one line, cut where it is long. */
    static String plain(String value) {
        String line = line(value);
        return line.length() > LETTERS ? line.substring(0, LETTERS - 1) + "…" : line;
    }

    /** Text on one line, without anything that a terminal would act on. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]+", " ");
    }

    /** {@code a, b and c}. */
    static String list(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /** The same, of many only the first ones. */
    static String some(List<String> items, int most) {
        return items.size() <= most
                ? list(items)
                : String.join(", ", items.subList(0, most)) + " and " + (items.size() - most) + " more";
    }
}
