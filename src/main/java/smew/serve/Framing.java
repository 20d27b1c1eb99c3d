package smew.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Where a body ends. Undertow refuses most heads that two servers could read in two ways; a Transfer-Encoding that it does not know it
 * takes for {@code chunked}, and a proxy in front might not: what one takes for a body, the other would take for the next request.
 */
final class Framing {

    private Framing() {}

    /**
     * Refuses what is not plainly framed, and takes no further request on its connection.
     *
     * @throws SmewException USAGE
     */
    static void check(HttpServerExchange exchange, HeaderMap headers) {
        HeaderValues encodings = headers.get(Headers.TRANSFER_ENCODING);
        if (encodings != null && !(encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked"))) {
            exchange.setPersistent(false);
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the request: its Transfer-Encoding is " + Text.shown(String.join(", ", encodings))
                            + ", expected chunked or none.");
        }
    }
}
