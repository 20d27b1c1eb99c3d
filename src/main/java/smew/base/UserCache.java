package smew.base;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the operating system wants a program to keep what it can make again. */
public final class UserCache {

    private UserCache() {}

    /** Smew's own folder there; it may not exist yet. */
    public static Path folder(Map<String, String> environment) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        if (environment.containsKey("XDG_CACHE_HOME")) {
            return Path.of(environment.get("XDG_CACHE_HOME"), "smew");
        }
        if (system.startsWith("windows") && environment.containsKey("LOCALAPPDATA")) {
            return Path.of(environment.get("LOCALAPPDATA"), "smew", "cache");
        }
        return system.startsWith("mac") ? home.resolve("Library/Caches/smew") : home.resolve(".cache/smew");
    }
}
