package smew.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Answers packed by gzip, for clients that ask for it. */
final class Packing {

    /** Below this, an answer fits into a packet or two anyway. */
    private static final int SMALLEST_BYTES = 2048;

    private Packing() {}

    /** The body, packed where the client asks for it and it is worth the work; the headers say so. */
    static ByteBuffer packed(HttpServerExchange exchange, ByteBuffer body) {
        if (body.remaining() < SMALLEST_BYTES || !isAskedFor(exchange)) {
            return body;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.remaining() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            if (body.hasArray()) {
                gzip.write(body.array(), body.arrayOffset() + body.position(), body.remaining());
            } else {
                byte[] bytes = new byte[body.remaining()];
                body.get(bytes);
                gzip.write(bytes);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteBuffer.wrap(packed.toByteArray());
    }

    /** Whether the client asks for an answer that is packed; the headers say so. */
    static boolean isAskedFor(HttpServerExchange exchange) {
        HeaderValues accepted = exchange.getRequestHeaders().get(Headers.ACCEPT_ENCODING);
        if (accepted == null) {
            return false;
        }
        HeaderMap headers = exchange.getResponseHeaders();
        headers.add(Headers.VARY, Headers.ACCEPT_ENCODING_STRING);
        if (!asksForGzip(String.join(",", accepted))) {
            return false;
        }
        headers.put(Headers.CONTENT_ENCODING, "gzip");
        return true;
    }

    private static boolean asksForGzip(String accepted) {
        double gzip = -1;
        double any = -1;
        for (String element : accepted.split(",", -1)) {
            MediaType coding = MediaType.parse(element);
            if (coding.type().equals("gzip") || coding.type().equals("x-gzip")) {
                gzip = coding.weight();
            } else if (coding.type().equals("*")) {
                any = coding.weight();
            }
        }
        return gzip > 0 || (gzip < 0 && any > 0);
    }
}
