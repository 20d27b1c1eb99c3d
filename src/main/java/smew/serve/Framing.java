package smew.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Where a body ends. Undertow refuses most heads that two servers could read in two ways. But (2.4) a Transfer-Encoding that it does
 * not know it takes for {@code chunked}, a Content-Length beyond 64 bits it reads as what is left of it (2^64 + 1 as 1), and whatever
 * stands behind the data of a chunk it skips up to the next line feed. A proxy in front might not: what one takes for a body, the other
 * would take for the next request.
 */
final class Framing {

    /** Every number of so many digits fits 64 bits. */
    private static final int MOST_DIGITS = 18;

    private Framing() {}

    /**
     * Refuses what is not plainly framed, and takes no further request on its connection; nor behind chunks, which are read too late to
     * be refused for what stands between them.
     *
     * @throws SmewException USAGE
     */
    static void check(HttpServerExchange exchange, HeaderMap headers) {
        HeaderValues encodings = headers.get(Headers.TRANSFER_ENCODING);
        if (encodings != null) {
            exchange.setPersistent(false);
            if (encodings.size() != 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
                throw refused("its Transfer-Encoding is " + shown(encodings) + ", expected chunked or none.");
            }
            if (exchange.isHttp10()) {
                throw refused("it has a Transfer-Encoding, which HTTP/1.0 does not know.");
            }
        }
        HeaderValues lengths = headers.get(Headers.CONTENT_LENGTH);
        if (lengths != null && (lengths.size() != 1 || !isLength(lengths.getFirst()))) {
            exchange.setPersistent(false);
            throw refused("its Content-Length is " + shown(lengths) + ", expected up to " + MOST_DIGITS + " digits.");
        }
    }

    private static boolean isLength(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static String shown(HeaderValues values) {
        return Text.shown(String.join(", ", values));
    }

    private static SmewException refused(String found) {
        return new SmewException(Fault.USAGE, "Reading the request: " + found);
    }
}
