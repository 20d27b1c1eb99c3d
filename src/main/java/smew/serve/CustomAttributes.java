package smew.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import smew.base.Fault;
import smew.base.SmewException;

/** {@code X-Amzn-SageMaker-Custom-Attributes}: what a client sends with rows to be scored comes back with the answer. */
final class CustomAttributes {

    private static final HttpString HEADER = new HttpString("X-Amzn-SageMaker-Custom-Attributes");
    private static final String ROUTES = "/invocations";
    private static final int LONGEST = 1024;

    private CustomAttributes() {}

    /**
     * Puts what the request carries into the answer, whatever that will be.
     *
     * @throws SmewException USAGE when it is longer than 1,024 characters, or holds others than those of US-ASCII that can be
     *     seen, and blanks
     */
    static void echo(HttpServerExchange exchange, Route route) {
        HeaderValues lines = exchange.getRequestHeaders().get(HEADER);
        if (lines == null || !route.template().endsWith(ROUTES)) {
            return;
        }
        String attributes = String.join(",", lines);
        if (attributes.length() > LONGEST || attributes.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new SmewException(
                    Fault.USAGE,
                    "The header " + HEADER + " has " + attributes.length() + " characters, expected " + LONGEST
                            + " at most, all of them visible US-ASCII.");
        }
        exchange.getResponseHeaders().put(HEADER, attributes);
    }
}
