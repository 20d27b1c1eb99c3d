package smew.end;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import smew.anomaly.QuickJava;

/**
 * The JAR that users get, started as they start it. Output goes to files in a folder of its own, so that no process waits for
 * its reader.
 */
record SmewJar(Path java, List<String> options, Path directory, Path logs, Map<String, String> environment) {

    private static final Pattern SERVING = Pattern.compile("Serving on http://[0-9.]+:(\\d+)");

    private static final long LONGEST_SECONDS = 120;

    /** Lives are short here: the first process that ends keeps the classes that it read for those after it. */
    private static final List<String> SHORT_LIVED = QuickJava.shortLived(jar().resolveSibling("tests.jsa"));

    /** What a process left. */
    record Outcome(int code, String out, String err) {}

    /** A process that runs. */
    record Running(Process process, Path outFile, Path errFile) {

        String out() {
            return read(outFile);
        }

        String err() {
            return read(errFile);
        }

        /** Where a server answers, as soon as it says so. */
        int port() {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < deadline) {
                Matcher serving = SERVING.matcher(err());
                if (serving.find()) {
                    return Integer.parseInt(serving.group(1));
                }
                try {
                    assertFalse(process.waitFor(20, TimeUnit.MILLISECONDS), err());
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
            throw new AssertionError("it serves within a minute; it printed " + err());
        }

        Outcome end() {
            try {
                boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly().waitFor();
                }
                assertTrue(ended, "it ends within two minutes; it printed " + err());
                return new Outcome(process.exitValue(), out(), err());
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file).replace("\r", "");
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
    }

    /** With the Java of this test, in a folder. */
    static SmewJar in(Path directory, Path logs) {
        return new SmewJar(Path.of(System.getProperty("java.home")), SHORT_LIVED, directory, logs, Map.of());
    }

    /** The same with these variables in its environment. */
    SmewJar with(Map<String, String> more) {
        return new SmewJar(java, options, directory, logs, more);
    }

    static Path jar() {
        Path jar = Path.of(System.getProperty("smew.jar", "target/smew.jar")).toAbsolutePath();
        assertTrue(Files.exists(jar), "mvn package makes " + jar);
        return jar;
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        command.addAll(options);
        // DuckDB unpacks its native library there, and a killed process does not delete it.
        command.add("-Djava.io.tmpdir=" + logs);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SMEW_") || name.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        try {
            Path out = Files.createTempFile(logs, "out", ".txt");
            Path err = Files.createTempFile(logs, "err", ".txt");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new Running(process, out, err);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    Outcome run(String... arguments) {
        return start(arguments).end();
    }
}
