package smew.serve;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Locale;
import smew.base.Fault;
import smew.base.SmewException;

/** What must hold of a request's body before anybody reads it. */
final class Bodies {

    private Bodies() {}

    /**
     * The media type of the body.
     *
     * @throws SmewException MEDIA_TYPE when the route does not read it, or it is packed by anything but gzip, or no UTF-8
     */
    static MediaType type(HeaderMap headers, Route route) {
        String expected = ", expected " + String.join(" or ", route.reads()) + ". Set the header Content-Type.";
        String header = headers.getFirst(Headers.CONTENT_TYPE);
        if (header == null) {
            throw new SmewException(Fault.MEDIA_TYPE, "The body has no media type" + expected);
        }
        MediaType type = MediaType.parse(header);
        if (!route.reads().contains(type.type())) {
            throw new SmewException(Fault.MEDIA_TYPE, "The body is " + Text.shown(header) + expected);
        }
        String charset = type.parameter("charset", "utf-8").toLowerCase(Locale.ROOT);
        if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
            throw new SmewException(
                    Fault.MEDIA_TYPE, "The body is in charset " + Text.shown(charset) + ", expected utf-8.");
        }
        String encoding = headers.getFirst(Headers.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity") && !isPacked(headers)) {
            throw new SmewException(
                    Fault.MEDIA_TYPE, "The body is packed by " + Text.shown(encoding) + ", expected gzip or nothing.");
        }
        return type;
    }

    /** Refuses a body by its declared length, before a byte of it is read. */
    static void checkLength(long lengthBytes, long limitBytes) {
        if (lengthBytes > limitBytes) {
            throw Body.tooLarge(limitBytes);
        }
    }

    /** Whether the body is packed by gzip. */
    static boolean isPacked(HeaderMap headers) {
        String encoding = headers.getFirst(Headers.CONTENT_ENCODING);
        return encoding != null && (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"));
    }
}
