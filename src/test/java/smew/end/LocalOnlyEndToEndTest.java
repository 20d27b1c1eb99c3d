package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.end.SmewJar.Outcome;
import smew.end.SmewJar.Running;

/** Whoever does not use AWS does not pay for it: no class of its SDK is loaded. */
final class LocalOnlyEndToEndTest {

    private static final Pattern AWS = Pattern.compile("software\\.amazon|io\\.netty");

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    @Test
    void aLocalRunAndItsServerLoadNothingOfAws() throws IOException {
        assertEquals(0, SmewJar.in(folder, logs).run("init", "sample").code());
        Outcome run = watched("run.log").run("run", "--project", "sample");
        assertEquals(0, run.code(), run.err());
        Running server = watched("serve.log").start("serve", "--project", "sample", "--port", "0");
        server.port();
        server.process().destroy();
        assertEquals(0, server.end().code());
        for (String log : List.of("run.log", "serve.log")) {
            List<String> loaded = Files.readAllLines(folder.resolve(log));
            assertTrue(loaded.stream().anyMatch(line -> line.contains("smew.serve.Snapshot")), "classes are logged");
            assertEquals(
                    List.of(),
                    loaded.stream().filter(line -> AWS.matcher(line).find()).toList());
        }
    }

    private SmewJar watched(String log) {
        return SmewJar.in(folder, logs)
                .with(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + folder.resolve(log)));
    }
}
