package smew.serve;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * The secrets of which a client has to present one: one that was given, and those of a file, which is read again when it changes, so
 * that tokens are exchanged without a restart.
 */
final class Tokens {

    private static final Logger LOG = System.getLogger("smew.serve");

    private final List<Token> given;
    private final @Nullable Path file;
    private volatile List<Token> valid;
    private String read = "";
    /** What was said last, which is not said at each look. */
    private String complaint = "";

    /**
     * Reads the file.
     *
     * @throws SmewException CONFIGURATION when it cannot be read or holds no token
     */
    Tokens(ServeSettings.Access access) {
        this.given = access.token().map(Token::new).stream().toList();
        this.file = access.tokenFile().orElse(null);
        this.valid = given;
        if (file != null) {
            valid = with(file, text(file));
        }
    }

    /** Whether clients have to present one. */
    boolean areNeeded() {
        return !given.isEmpty() || file != null;
    }

    /**
     * Compares in a time that does not depend on which token is right, or how much of it.
     *
     * @param aws whether the request may carry it as SDKs of AWS do
     * @throws SmewException UNAUTHORIZED when the request carries none of them
     */
    void check(boolean aws, HeaderMap headers) {
        Optional<String> session = aws ? AwsForm.session(headers) : Optional.empty();
        Optional<String> bearer = Token.bearer(headers.getFirst(Headers.AUTHORIZATION));
        Optional<String> presented = session.or(() -> bearer);
        boolean right = false;
        for (Token token : valid) {
            right |= token.is(presented.orElse(""));
        }
        if (right && presented.isPresent()) {
            return;
        }
        throw new SmewException(
                Fault.UNAUTHORIZED,
                session.isPresent()
                        ? "A signature of AWS does not carry the token of this server. Set AWS_SESSION_TOKEN to the token"
                                + " that smew serve was started with."
                        : (bearer.isPresent()
                                        ? "The token is not the one of this server."
                                        : "The request carries no token.")
                                + " Send the header Authorization: Bearer TOKEN, with the token that smew serve was"
                                + " started with.");
    }

    /** Reads the file again if it has changed; one that cannot be read leaves the tokens as they are, with a line in the log. */
    void refresh() {
        Path tokens = file;
        if (tokens == null) {
            return;
        }
        try {
            String text = text(tokens);
            if (!text.equals(read)) {
                valid = with(tokens, text);
                LOG.log(Level.INFO, "Read the tokens in {0} again.", tokens);
            }
            complaint = "";
        } catch (SmewException failed) {
            String found = String.valueOf(failed.getMessage());
            if (!found.equals(complaint)) {
                LOG.log(Level.WARNING, "The tokens stay as they are: " + found);
                complaint = found;
            }
        }
    }

    private static String text(Path tokens) {
        try {
            return Files.readString(tokens);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading tokens from " + tokens + ": "
                            + (failed instanceof NoSuchFileException ? "there is no such file" : failed.getMessage())
                            + ". Name a text file with one token on each line.",
                    failed);
        }
    }

    private List<Token> with(Path tokens, String text) {
        List<Token> all = new ArrayList<>(given);
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Token::new)
                .forEach(all::add);
        read = text;
        if (all.size() == given.size()) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading tokens from " + tokens + ": it holds none, expected one on each line.");
        }
        return List.copyOf(all);
    }
}
