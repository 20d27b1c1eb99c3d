package smew.release;

import java.util.regex.Pattern;

/** {@code 20261123T154500.123Z-1f3a5c7e9b02}: sorts by time, ends with the digest of everything that determined the outputs. */
public record ReleaseId(String value) implements Comparable<ReleaseId> {

    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{12}");

    public ReleaseId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("No release id: " + value);
        }
    }

    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public int compareTo(ReleaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
