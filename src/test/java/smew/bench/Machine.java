package smew.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the figures come from.
 *
 * @param load mean number of waiting and running threads of all programs in the minute before; negative if unknown
 */
record Machine(String processor, int cores, double memoryGigabytes, String java, String system, double load) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine here() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / 1e9,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                system.getSystemLoadAverage());
    }

    private static String model() {
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        } catch (IOException elsewhere) {
            return "processor unknown";
        }
    }

    @Override
    public String toString() {
        String busy = load < 0 ? "" : String.format(Locale.ROOT, ", load %.1f at the start", load);
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB memory, %s, %s%s",
                cores,
                processor,
                memoryGigabytes,
                java,
                system,
                busy);
    }
}
