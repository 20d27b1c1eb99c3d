package smew.app;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the two output streams end.
 *
 * @param out whether a person sees standard output
 * @param err whether a person sees standard error
 * @param colours whether colours are wanted and possible
 */
record Terminal(boolean out, boolean err, boolean colours) {

    /** Nobody watches: a pipe, a file, a service. */
    static final Terminal NONE = new Terminal(false, false, false);

    static Terminal of(Map<String, String> environment) {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err && !dumb, out && err && !plain && !dumb);
    }

    /** Console knows input and output only together, so Linux is asked for the stream itself. */
    private static boolean isTerminal(int stream) {
        Path link = Path.of("/proc/self/fd/" + stream);
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
        } catch (IOException unreadable) {
            return false;
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
