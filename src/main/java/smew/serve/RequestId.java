package smew.serve;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The number by which a client and the log speak of the same request. */
final class RequestId {

    private static final int LONGEST = 128;

    private RequestId() {}

    /** What tracers put between letters and digits, and no log, header or page reads as anything else. */
    private static final String MARKS = "-_.:/=;,+@|~";

    /** The client's own, if it is 1 to 128 letters, digits and marks; or else a new one. */
    static String of(@Nullable String sent) {
        return sent != null && isValid(sent)
                ? sent
                : Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    private static boolean isValid(String sent) {
        if (sent.isEmpty() || sent.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
            if (!letter && !other) {
                return false;
            }
        }
        return true;
    }
}
