package smew.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Near {

    private Near() {}

    /** The known name at the smallest edit distance from the wanted one, if it is near enough to be a slip. */
    public static Optional<String> name(String wanted, Collection<String> known) {
        int limit = Math.max(2, wanted.length() / 3);
        return known.stream()
                .filter(name -> distance(wanted, name) <= limit)
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " Did you mean X?"}, or else {@code " Known are A, B and C."}; empty where nothing is known. */
    public static String hint(String wanted, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        return name(wanted, known)
                .map(name -> " Did you mean " + name + "?")
                .orElseGet(() -> " Known: " + String.join(", ", known) + ".");
    }

    /** Levenshtein distance between two names, upper and lower case being the same. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
