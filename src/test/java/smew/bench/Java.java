package smew.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java that runs this. */
final class Java {

    private Java() {}

    /** A command line that starts it again. */
    static List<String> command(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(Stream.of(java), Stream.of(arguments)).toList();
    }
}
