package smew.app;

import java.lang.management.ManagementFactory;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import smew.base.SmewException;
import smew.base.Version;
import smew.duck.Duck;
import smew.duck.Origin;

/** Versions, processors and memory. */
final class MachineSymptoms {

    private static final long MEGABYTE = 1 << 20;

    /** Training the sample needs about so much. */
    private static final long HEAP_MEGABYTES = 400;

    private MachineSymptoms() {}

    static List<Symptom> of() {
        List<Symptom> found = new ArrayList<>();
        found.add(Symptom.ok("smew", Version.SMEW + " from " + origin()));
        found.add(Symptom.ok(
                "java",
                Runtime.version() + " (" + System.getProperty("java.vm.vendor", "unknown") + ") in "
                        + System.getProperty("java.home")));
        found.add(duck());
        found.add(Symptom.ok(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " on "
                        + System.getProperty("os.arch") + ", " + processors()));
        found.add(memory());
        return found;
    }

    private static String processors() {
        int processors = Runtime.getRuntime().availableProcessors();
        return processors == 1 ? "1 processor" : processors + " processors";
    }

    private static String origin() {
        CodeSource source = Main.class.getProtectionDomain().getCodeSource();
        return source == null ? "an unknown place" : source.getLocation().getPath();
    }

    private static Symptom duck() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return Symptom.ok(
                    "duckdb",
                    duck.texts("SELECT version()", Origin.engine("Asking", "DuckDB"))
                            .getFirst());
        } catch (SmewException | LinkageError failed) {
            return Symptom.fail(
                    "duckdb",
                    String.valueOf(failed.getMessage()),
                    "Smew has DuckDB for Linux and macOS on ARM, Linux and Windows on x64. On Linux it needs glibc: use an image that is"
                            + " not Alpine.");
        }
    }

    private static Symptom memory() {
        long heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        long machine =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean known
                        ? known.getTotalMemorySize() / MEGABYTE
                        : 0;
        String found = String.format("%,d MB, of which Java may use %,d MB for models", machine, heap);
        return heap < HEAP_MEGABYTES
                ? Symptom.warn("memory", found, "Give Java more, as in java -Xmx2g -jar smew.jar.")
                : Symptom.ok("memory", found);
    }
}
