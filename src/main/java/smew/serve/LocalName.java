package smew.serve;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Under which names a server answers that asks for no token and was not said to be open to all. A page elsewhere can have its own name
 * lead to this machine and then read what is here; it cannot have it read {@code localhost} or an address.
 */
final class LocalName {

    private static final Pattern LOCAL =
            Pattern.compile("(?:localhost|.+\\.localhost|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\])(?::\\d+)?");

    /** The last one that passed: clients go on asking under the same. */
    private volatile String passed = "";

    /**
     * Looks at the name that the client has for this server.
     *
     * @throws SmewException USAGE for a name that others decide about
     */
    void check(HeaderMap headers) {
        String host = headers.getFirst(Headers.HOST);
        if (host == null || host.equals(passed)) {
            return;
        }
        if (!LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            throw new SmewException(
                    Fault.USAGE,
                    "This server was asked as " + Text.shown(host)
                            + ", expected localhost or an address such as 127.0.0.1: under another name a page elsewhere"
                            + " could read what it shows. Ask it so, or start it with --token, or with --insecure.");
        }
        passed = host;
    }
}
