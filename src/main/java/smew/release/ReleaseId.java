package smew.release;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code 20261123T154500.123Z-1f3a5c7e9b02}: sorts by time, ends with the digest of everything that determined the outputs. */
public record ReleaseId(String value) implements Comparable<ReleaseId> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{12}");

    public ReleaseId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("No release id: " + value);
        }
    }

    static ReleaseId of(Instant created, String contentDigest) {
        return new ReleaseId(TIME.format(created) + "-" + contentDigest.substring(0, 12));
    }

    /** When the release was begun. */
    public Instant created() {
        return TIME.parse(value.substring(0, value.indexOf('-')), Instant::from);
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
