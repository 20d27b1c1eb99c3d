package smew.duck;

import java.util.List;
import java.util.Locale;
import smew.base.PackedLibrary;

/**
 * DuckDB's native library, packed in Smew's JAR. DuckDB's own loader would unpack it anew in every process; without the library at the
 * place where that loader looks, it takes the one beside the JAR that its class came from. So that class alone is packed with it.
 */
final class DuckLibrary {

    private static final PackedLibrary NATIVE = new PackedLibrary(
            "DuckDB",
            "duckdb",
            "org.duckdb.DuckDBNative",
            List.of(nativeName(System.getProperty("os.name"), System.getProperty("os.arch"))));

    private DuckLibrary() {}

    /** Before DuckDB is used. */
    static void open() {
        NATIVE.open();
    }

    /** As DuckDB names it. */
    static String nativeName(String system, String architecture) {
        String lower = system.toLowerCase(Locale.ROOT);
        String family = lower.startsWith("windows") ? "windows" : lower.startsWith("mac") ? "macos" : lower;
        String processor = switch (architecture.toLowerCase(Locale.ROOT)) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> architecture;
        };
        return "libduckdb_java.so_" + family + "_" + processor;
    }
}
