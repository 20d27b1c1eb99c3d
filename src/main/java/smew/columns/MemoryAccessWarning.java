package smew.columns;

import java.lang.reflect.Method;

/**
 * Arrow reads memory through sun.misc.Unsafe, and Java 24 and newer print four lines about the first such access. Nobody who
 * runs Smew can act on them. No flag of a JAR's manifest switches them off, and setting the system property
 * {@code sun.misc.unsafe.memory.access} after the start of Java comes too late (measured on Java 25); telling the class
 * that it has warned already does work, because its package is open to everybody.
 */
public final class MemoryAccessWarning {

    private MemoryAccessWarning() {}

    /** Call before the first use of Arrow; calling again does nothing. On a Java that works otherwise it does nothing at all. */
    public static void silence() {
        try {
            Method warned = Class.forName("sun.misc.Unsafe").getDeclaredMethod("trySetMemoryAccessWarned");
            warned.setAccessible(true);
            warned.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException otherJava) {
            // Then the worst that happens is the warning.
            return;
        }
    }
}
