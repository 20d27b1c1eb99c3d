package smew.sagemaker;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;

/** Names on SageMaker: letters, digits and single dashes between them, 63 at the most. */
final class ResourceName {

    static final Pattern FORM = Pattern.compile("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");

    private static final int MOST = 63;
    private static final int DIGEST = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ResourceName() {}

    /**
     * A name that the same content always gets: {@code smew-credit-risk-648fb3eec821-0f3c5d7a9b}.
     *
     * @param release id of a release; its digest goes into the name
     * @param content everything else that the name stands for
     */
    static String of(String model, String release, String content) {
        String end = "-" + release.substring(release.lastIndexOf('-') + 1) + "-"
                + Digest.of(content).substring(0, DIGEST);
        return cut("smew-" + dashed(model), MOST - end.length()) + end;
    }

    /** A name for one job. */
    static String of(String subject, Instant now) {
        String end = "-" + TIME.format(now);
        return cut("smew-" + dashed(subject), MOST - end.length()) + end;
    }

    /**
     * A name that a user gave.
     *
     * @param option where it was given
     */
    static String given(String option, String name) {
        if (!FORM.matcher(name).matches()) {
            throw new SmewException(
                    Fault.USAGE,
                    option + " holds '" + name + "', expected letters, digits and dashes, 63 at the most.");
        }
        return name;
    }

    private static String dashed(String text) {
        return text.replaceAll("[^a-zA-Z0-9]+", "-");
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length)).replaceAll("-+$", "");
    }
}
