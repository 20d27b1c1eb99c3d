package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Smew in a process of its own, from the classes under test, with an environment that holds nothing of AWS but what is given. */
record SmewProcess(Path directory, Path logs, Map<String, String> environment) {

    /** A process and what it printed so far. */
    record Running(Process process, Path out, Path err) {

        String printed() {
            return read(out);
        }

        String complained() {
            return read(err);
        }

        int code() {
            try {
                boolean ended = process.waitFor(120, TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly().waitFor();
                }
                assertTrue(ended, "it ends within two minutes; it printed " + complained());
                return process.exitValue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>(QuickJava.command(logs));
        command.add("smew.Launcher");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SMEW_") || name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        if (!environment.containsKey("AWS_EC2_METADATA_SERVICE_ENDPOINT")) {
            builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        }
        // No profile of whoever runs this.
        builder.environment()
                .putIfAbsent("AWS_CONFIG_FILE", logs.resolve("no-config").toString());
        builder.environment()
                .putIfAbsent(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        logs.resolve("no-credentials").toString());
        try {
            Path out = Files.createTempFile(logs, "out", ".txt");
            Path err = Files.createTempFile(logs, "err", ".txt");
            return new Running(
                    builder.redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start(),
                    out,
                    err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
