package smew.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which pages of other origins a browser lets read answers (Fetch, "CORS protocol"). None, unless they are named. */
final class Cors {

    private static final String ANY = "*";
    private static final String MAX_AGE_SECONDS = "600";

    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
    private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
    private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");

    private final Set<String> origins;

    Cors(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Whether a browser asks in advance what a page of an origin that is allowed may do. */
    boolean isPreflight(HttpServerExchange exchange) {
        return !origins.isEmpty()
                && exchange.getRequestMethod().equals(Methods.OPTIONS)
                && exchange.getRequestHeaders().contains(REQUEST_METHOD)
                && allowed(exchange) != null;
    }

    /** What goes with {@link #allow}. */
    Answer preflight(HttpServerExchange exchange, String methods) {
        exchange.getResponseHeaders()
                .put(ALLOW_METHODS, methods)
                .put(ALLOW_HEADERS, "Authorization, Content-Encoding, Content-Type, If-None-Match, X-Request-Id")
                .put(MAX_AGE, MAX_AGE_SECONDS);
        return new Answer(204, "", ByteBuffer.allocate(0));
    }

    /** Lets the page read this answer, where its origin is allowed. */
    void allow(HttpServerExchange exchange) {
        if (origins.isEmpty()) {
            return;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        headers.add(Headers.VARY, Headers.ORIGIN_STRING);
        String origin = allowed(exchange);
        if (origin != null) {
            headers.put(ALLOW_ORIGIN, origin)
                    .put(EXPOSE_HEADERS, "ETag, Retry-After, X-Request-Id, X-Smew-Release, X-Smew-Truncated");
        }
    }

    private @Nullable String allowed(HttpServerExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        if (origin == null) {
            return null;
        }
        return origins.contains(ANY) ? ANY : origins.contains(origin) ? origin : null;
    }
}
