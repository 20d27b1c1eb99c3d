package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** run.sh itself, over a JAR that only says what it was asked, so that neither Maven nor a real run is needed. */
@DisabledOnOs(OS.WINDOWS)
final class RunScriptTest {

    private static final String STAND_IN = """
            public class StandIn {
                public static void main(String[] arguments) throws Exception {
                    System.out.println(String.join(" ", arguments));
                    if (arguments[0].equals("fail")) System.exit(4);
                    if (arguments[0].equals("flags"))
                        System.out.println(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
                    if (arguments[0].equals("init") && System.getenv("NO_INIT") != null) System.exit(6);
                    if (arguments[0].equals("run") && System.getenv("HOLD") != null)
                        new java.util.concurrent.CountDownLatch(1).await();
                    if (arguments[0].equals("serve")) {
                        if (System.getenv("PORT_IN_USE") != null) { System.err.println("Port in use."); System.exit(6); }
                        System.err.println("Serving on http://127.0.0.1:8080 (Ctrl-C stops)");
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                }
            }
            """;

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private String out = "";

    @BeforeEach
    void prepare() throws IOException {
        Files.copy(Path.of("run.sh"), root.resolve("run.sh"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path classes = Files.createDirectories(root.resolve("classes"));
        Path source = classes.resolve("StandIn.java");
        Files.writeString(source, STAND_IN);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "StandIn");
        Files.createDirectories(root.resolve("target"));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(root.resolve("target/smew.jar")), manifest)) {
            jar.putNextEntry(new JarEntry("StandIn.class"));
            Files.copy(classes.resolve("StandIn.class"), jar);
        }
        // As where a cache could not be made of this JAR: it is not tried again.
        Files.writeString(Files.createDirectories(root.resolve("target/aot")).resolve("log"), "");
        age("pom.xml", -20);
        age("target/smew.jar", -10);
    }

    /** As if the file was written so many seconds from now. */
    private void age(String file, int seconds) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    @AfterEach
    void stopService() throws Exception {
        run(Map.of(), "stop");
    }

    private int run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("run.sh").toString()));
        command.addAll(List.of(arguments));
        Path printed = elsewhere.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends within a minute");
        out = Files.readString(printed);
        return process.exitValue();
    }

    private int run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    @Test
    void aCommandGoesToTheJarWithItsArgumentsAndItsExitCode() throws Exception {
        assertEquals(0, run("sql", "SELECT 'a b'", "--json"));
        assertEquals("sql SELECT 'a b' --json\n", out);
        assertEquals(4, run("fail"));
    }

    /** A Maven that builds nothing, before any other. */
    private Map<String, String> withMaven(String... more) throws IOException {
        Path maven = Files.createDirectories(elsewhere.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho mvn \"$@\"\n");
        assertTrue(maven.toFile().setExecutable(true));
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", maven.getParent() + ":" + System.getenv("PATH"));
        for (String name : more) {
            environment.put(name, "1");
        }
        return environment;
    }

    @Test
    void codeThatIsNewerThanTheJarMakesItBuildFirstAndSqlDoesNot() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("sql")).resolve("a.sql"), "SELECT 1");
        age("sql/a.sql", 5);
        assertEquals(0, run(withMaven(), "releases"));
        assertEquals("releases\n", out);
        Files.writeString(Files.createDirectories(root.resolve("src/main")).resolve("A.java"), "class A {}");
        age("src/main/A.java", 5);
        assertEquals(0, run(withMaven("NO_INIT"), "releases"));
        assertTrue(out.contains("mvn -B ") && out.contains(" package -DskipTests"), out);
        assertTrue(out.endsWith("releases\n"), out);
    }

    private String cacheFlag() throws IOException {
        return "-XX:AOTCache=" + root.toRealPath().resolve("target/smew.aot");
    }

    @Test
    void aBuildMakesACacheForFastStarts() throws Exception {
        assertEquals(0, run(withMaven(), "build"));
        assertEquals(0, run("flags"));
        assertTrue(out.startsWith("flags\n[") && out.contains(cacheFlag()), out);
    }

    @Test
    void aJarThatIsNewerThanItsCacheGetsOneOfItsOwnFirst() throws Exception {
        assertEquals(0, run(withMaven(), "build"));
        age("target/smew.aot", -20);
        age("target/smew.jar", -15);
        FileTime old = Files.getLastModifiedTime(root.resolve("target/smew.aot"));
        assertEquals(0, run("flags"));
        assertTrue(out.contains(cacheFlag()), out);
        assertTrue(Files.getLastModifiedTime(root.resolve("target/smew.aot")).compareTo(old) > 0);
    }

    @Test
    void aBuildWhoseCacheCannotBeMadeIsABuildAndItIsNotTriedAgain() throws Exception {
        assertEquals(0, run(withMaven("NO_INIT"), "build"));
        assertTrue(out.contains("Smew starts slower"), out);
        assertEquals(0, run("flags"));
        assertTrue(out.startsWith("flags\n[") && !out.contains("AOTCache"), out);
        assertFalse(Files.exists(root.resolve("target/smew.aot")));
    }

    @Test
    void aServiceIsStartedOnceFoundAndStopped() throws Exception {
        assertEquals(3, run("status"));
        assertEquals("not running\n", out);
        assertEquals(0, run("start"), out);
        assertTrue(out.contains("run --project " + root.toRealPath()), out);
        assertTrue(out.contains("Serving on http://127.0.0.1:8080 (process "), out);
        assertEquals(0, run("status"));
        assertTrue(out.startsWith("running (process "), out);
        assertEquals(0, run("start"));
        assertTrue(out.startsWith("Smew runs already"), out);
        assertEquals(5, run("reset"));
        assertTrue(out.contains("./run.sh stop first"), out);
        assertEquals(0, run("restart"));
        assertTrue(out.contains("Stopped") && out.contains("Serving on"), out);
        assertEquals(0, run("stop"));
        assertEquals(0, run("stop"));
        assertEquals("Smew is not running.\n", out);
        assertEquals(0, run("reset"));
        assertFalse(Files.exists(root.resolve("out")));
    }

    @Test
    void aProcessIdThatADeadServiceLeftIsNoService() throws Exception {
        Path file = root.resolve("out/smew.pid");
        Files.createDirectories(file.getParent());
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(file, other.pid() + "\n");
            assertEquals(3, run("status"));
            assertFalse(Files.exists(file));
        } finally {
            other.destroy();
        }
        Files.writeString(file, "damaged");
        assertEquals(0, run("stop"));
        assertEquals("Smew is not running.\n", out);
    }

    @Test
    void resetDeletesNothingBelowARun() throws Exception {
        Path release = Files.createDirectories(root.resolve("out/.staging/a"));
        ProcessBuilder builder =
                new ProcessBuilder("bash", root.resolve("run.sh").toString(), "run");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOLD", "1");
        Process running = builder.start();
        try (BufferedReader printed = running.inputReader()) {
            assertEquals("run", printed.readLine());
            assertEquals(5, run("reset"), out);
            assertTrue(out.contains("(process " + running.pid() + ")"), out);
            assertTrue(Files.exists(release));
        } finally {
            running.destroyForcibly().waitFor();
        }
        assertEquals(0, run("reset"), out);
        assertFalse(Files.exists(release));
    }

    @Test
    void resetDeletesNothingWhileTheStoreIsLocked() throws Exception {
        Path out = Files.createDirectories(root.resolve("out"));
        try (FileChannel channel =
                FileChannel.open(out.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!Files.isReadable(Path.of("/proc/locks")) || channel.tryLock() == null) {
                return;
            }
            assertEquals(5, run("reset"), this.out);
            assertTrue(this.out.contains("is writing to"), this.out);
            assertTrue(Files.exists(out));
        }
        assertEquals(0, run("reset"), this.out);
    }

    @Test
    void aServiceThatCannotStartSaysWhyAndEndsWithItsCode() throws Exception {
        assertEquals(6, run(Map.of("PORT_IN_USE", "1"), "start"));
        assertTrue(out.contains("Port in use."), out);
        assertTrue(out.contains("Smew did not start; its log is "), out);
        assertEquals(3, run("status"));
    }

    @Test
    void aMachineWithoutANewJdkReadsOneSentence() throws Exception {
        String script = Files.readString(root.resolve("run.sh")).replace("NEEDED_JAVA=25", "NEEDED_JAVA=9999");
        Files.writeString(root.resolve("run.sh"), script);
        assertEquals(2, run("--version"));
        assertTrue(out.startsWith("Smew needs a JDK 9999 or newer, and none was found"), out);
        assertEquals(1, out.lines().count(), out);
    }
}
