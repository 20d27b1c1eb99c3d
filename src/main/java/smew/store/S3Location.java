package smew.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * A place in S3.
 *
 * @param bucket its name
 * @param key a key, a prefix or a pattern, without a slash at its start; empty: the whole bucket
 */
record S3Location(String bucket, String key) {

    private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    static boolean isOne(String text) {
        return text.regionMatches(true, 0, "s3://", 0, "s3://".length());
    }

    /**
     * Reads {@code s3://bucket/key}.
     *
     * @throws SmewException CONFIGURATION when it is none
     */
    static S3Location of(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Opening " + text
                            + ": expected s3://BUCKET/PREFIX, with a bucket of 3 to 63 lower-case letters, digits,"
                            + " dots and dashes.");
        }
        return new S3Location(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /** A key below this one. */
    S3Location resolve(String relative) {
        return new S3Location(bucket, key.isEmpty() || key.endsWith("/") ? key + relative : key + "/" + relative);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
