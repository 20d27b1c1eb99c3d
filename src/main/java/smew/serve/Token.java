package smew.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret that clients send as {@code Authorization: Bearer …}. */
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

    /** What a header carries, if that is a token at all. */
    static Optional<String> bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /**
     * Compares in a time that does not depend on how much of it is right.
     *
     * @param presented as it was read, a letter for each byte: clients send others than ASCII as UTF-8 or as Latin-1
     */
    boolean is(String presented) {
        boolean same = MessageDigest.isEqual(secret, presented.getBytes(StandardCharsets.ISO_8859_1));
        boolean alike = MessageDigest.isEqual(secret, presented.getBytes(StandardCharsets.UTF_8));
        return same || alike;
    }
}
