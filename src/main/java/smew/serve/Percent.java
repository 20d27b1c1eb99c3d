package smew.serve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import smew.base.Fault;
import smew.base.SmewException;

/** Percent-encoding of one path segment (RFC 3986, 2.1): bytes of UTF-8; a plus is a plus. */
final class Percent {

    private Percent() {}

    /**
     * The text that a raw segment stands for.
     *
     * @param raw as it stood on the wire, one character per byte
     * @throws SmewException USAGE when an escape is cut short or no hex, or the bytes are no UTF-8
     */
    static String decode(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) ((hex(raw, i + 1) << 4) | hex(raw, i + 2));
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw malformed(raw, "the bytes are no UTF-8");
        }
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%' || raw.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static int hex(String raw, int at) {
        int digit = at < raw.length() && raw.charAt(at) < 0x80 ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0) {
            throw malformed(raw, "a percent sign is not followed by two hex digits");
        }
        return digit;
    }

    private static SmewException malformed(String raw, String found) {
        return new SmewException(
                Fault.USAGE,
                "Reading '" + Text.shown(raw) + "' in the path: " + found
                        + ". Encode the id as UTF-8 with percent signs, as in Zo%C3%AB; a percent sign itself is %25.");
    }
}
