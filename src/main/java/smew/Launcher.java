package smew;

import java.lang.reflect.InvocationTargetException;

/**
 * Where {@code java -jar smew.jar} starts. Compiled to Java 8 bytecode, so that an older Java reads one sentence instead of
 * an UnsupportedClassVersionError. Knows nothing of the rest of Smew but the name of its main class.
 */
public final class Launcher {

    private static final int NEEDED = 25;

    private Launcher() {}

    public static void main(String[] arguments) throws Throwable {
        String found = System.getProperty("java.specification.version");
        if (found.startsWith("1.") || Integer.parseInt(found) < NEEDED) {
            System.err.println("Smew needs Java " + NEEDED + " or newer, and this is Java " + found + " ("
                    + System.getProperty("java.home") + "): install a JDK " + NEEDED
                    + " and start again, or name it, as in /path/to/jdk/bin/java -jar smew.jar.");
            System.exit(2);
        }
        // Reflection by method handles would have the JVM write classes for each kind of method first.
        System.setProperty("jdk.reflect.useNativeAccessorOnly", "true");
        try {
            Class.forName("smew.app.Main").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
