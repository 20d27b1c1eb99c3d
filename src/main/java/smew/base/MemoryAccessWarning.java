package smew.base;

import java.lang.reflect.Method;

/**
 * Arrow 19 and Netty 4.1 reach memory through sun.misc.Unsafe, and Java 24 and later print a warning of four lines at its first use. No
 * manifest entry turns that off and a system property set here comes too late, but the JDK keeps a flag that the warning was
 * given already; setting it is what this does.
 */
public final class MemoryAccessWarning {

    private MemoryAccessWarning() {}

    /** Has to be called before the first use of either; without effect on a Java that has no such flag. */
    public static void silence() {
        try {
            Method warned = Class.forName("sun.misc.Unsafe").getDeclaredMethod("trySetMemoryAccessWarned");
            warned.setAccessible(true);
            warned.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException absent) {
            // A Java without the flag prints the warning, or has none to print: nothing depends on it.
            return;
        }
    }
}
