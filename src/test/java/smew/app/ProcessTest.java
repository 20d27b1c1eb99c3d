package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import smew.serve.TestStore;
import tools.jackson.databind.JsonNode;

/** What only a process of its own shows: signals, pipes, and that nobody but Smew prints. */
final class ProcessTest {

    @TempDir
    Path directory;

    private ProcessBuilder smew(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "smew.Launcher"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SMEW_") || name.equals("JAVA_TOOL_OPTIONS"));
        return builder.redirectError(directory.resolve("err").toFile());
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private static int exit(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends within a minute");
        return process.exitValue();
    }

    @Test
    void anAnswerIsAllThatIsPrinted() throws Exception {
        Process process =
                smew("sql", "SELECT 42 AS answer", "--format", "table").start();
        assertEquals(
                "answer\n------\n    42\n", new String(process.getInputStream().readAllBytes()).replace("\r", ""));
        assertEquals(0, exit(process));
        assertEquals("", err());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aClosedPipeEndsItQuietly() throws Exception {
        Process process = smew("sql", "SELECT range FROM range(1000000)").start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("range", out.readLine());
        }
        assertEquals(0, exit(process));
        assertEquals("", err());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFullDiskIsNoQuietEnd() throws Exception {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        Process process = smew("sql", "SELECT range FROM range(1000000)")
                .redirectOutput(full.toFile())
                .start();
        assertEquals(6, exit(process));
        assertTrue(err().startsWith("Writing to standard output: "), err());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aScheduleThatWaitsEndsAtSigterm() throws Exception {
        Process process =
                smew("run", "--cron", "0 0 29 2 *").redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader()) {
            assertTrue(out.readLine().startsWith("Next run at "));
            process.destroy();
            assertEquals(143, exit(process));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aServerThatLogsJsonPrintsNothingElseFromItsFirstLineToItsLast() throws Exception {
        new TestStore(directory.resolve("out")).publishModels(1, TestStore.loans(1, "loans", 60));
        Process process = smew("serve", "--host", "0.0.0.0", "--port", "0", "--log-format", "json")
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonNode told = Json.tree(line);
                assertTrue(told.isObject() && told.hasNonNull("time"), line);
                said.add(told.get("level").asString() + " "
                        + told.get("message").asString().split(" ", 2)[0]);
                if (said.getLast().equals("INFO Serving")) {
                    // Not that of the process itself, which closes the pipe that is read here.
                    process.toHandle().destroy();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertEquals(List.of("INFO Clients", "INFO Settings:", "INFO Serving"), said.subList(0, 3));
    }

    @Test
    void anErrorIsOneSentenceOnStandardError() throws Exception {
        Process process = smew("releses").start();
        assertEquals("", new String(process.getInputStream().readAllBytes()));
        assertEquals(2, exit(process));
        assertTrue(err().startsWith("There is no command releses. Did you mean releases?"), err());
        assertFalse(err().contains("WARNING"), err());
    }
}
