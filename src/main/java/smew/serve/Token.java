package smew.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/** The secret that clients send as {@code Authorization: Bearer …}. */
public final class Token {

    private static final String SCHEME = "Bearer ";

    private static final int GENERATED_BYTES = 24;

    private final byte[] secret;

    Token(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** A new token that nobody can guess, of letters, digits, - and _. */
    public static String generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Compares in a time that does not depend on how much of the token is right.
     *
     * @throws SmewException UNAUTHORIZED when the header does not carry the token
     */
    void check(@Nullable String authorization) {
        String header = authorization == null ? "" : authorization;
        boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] given =
                bearer ? header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!MessageDigest.isEqual(secret, given)) {
            throw new SmewException(
                    Fault.UNAUTHORIZED,
                    (bearer ? "The token is not the one of this server." : "The request carries no token.")
                            + " Send the header Authorization: Bearer TOKEN, with the token that smew serve was started with.");
        }
    }

    /**
     * The same for the token of a session of AWS.
     *
     * @throws SmewException UNAUTHORIZED when it is not the token
     */
    void checkSession(@Nullable String session) {
        byte[] given = session == null ? new byte[0] : session.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(secret, given)) {
            throw new SmewException(
                    Fault.UNAUTHORIZED,
                    "A signature of AWS does not carry the token of this server. Set AWS_SESSION_TOKEN to the token that"
                            + " smew serve was started with.");
        }
    }
}
