package smew.app;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.base.Json;
import smew.duck.Sandbox;

/**
 * A {@link SqlWorker} in a process of its own, from outside: without the environment of this one, with a folder and an address space of
 * its own, behind this one where processors are short, and the first to go where memory is. For one thread at a time, but for
 * {@link #kill}.
 *
 * <p>A process, because nothing else holds a query to its limits: what DuckDB allocates for one value is beyond its own limit, and such a
 * value cannot be interrupted. Whatever a query does to its process, predictions go on.
 */
final class SqlProcess implements AutoCloseable {

    /** What Windows needs, and where the user's cache is. */
    private static final Set<String> INHERITED = Set.of("SystemRoot", "LOCALAPPDATA", "XDG_CACHE_HOME");

    /** For Java and what DuckDB itself is. */
    private static final long BESIDE_BYTES = 1L << 30;

    /** On Linux all of it holds; a system that knows none of it runs the same without. */
    private static final String CONFINED = """
            { echo 1000 > /proc/self/oom_score_adj; ulimit -c 0; ulimit -v "$0"; } 2> /dev/null
            command -v nice > /dev/null && exec nice -n 5 "$@"
            exec "$@"
            """;

    private final Path folder;
    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private volatile boolean killed;

    private SqlProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.questions = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    /** An answer as it came. */
    record Answered(SqlWorker.Reply reply, byte[] body) {}

    /** Starts one, which is not {@link #ready} yet. */
    static SqlProcess start(long memoryBytes) throws IOException {
        Path folder = Files.createTempDirectory("smew-sql-");
        ProcessBuilder builder = new ProcessBuilder(command(folder, memoryBytes));
        builder.directory(folder.toFile());
        builder.redirectError(folder.resolve("errors.txt").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        // Each arena takes 64 MB of the address space.
        environment.put("MALLOC_ARENA_MAX", "2");
        try {
            return new SqlProcess(folder, builder.start());
        } catch (IOException failed) {
            delete(folder);
            throw failed;
        }
    }

    private static List<String> command(Path folder, long memoryBytes) {
        List<String> command = new ArrayList<>();
        Path shell = Path.of("/bin/sh");
        if (Files.isExecutable(shell)) {
            command.addAll(
                    List.of(shell.toString(), "-c", CONFINED, Long.toString((memoryBytes + BESIDE_BYTES) / 1024)));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx128m",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=24m",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=" + folder.resolve("crash.txt"),
                "-Duser.timezone=UTC",
                "-Djdk.reflect.useNativeAccessorOnly=true",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
                "-cp",
                classPath(),
                SqlWorker.class.getName()));
        return command;
    }

    /** Where this class and its libraries came from: the JAR, or the folders of a build. */
    private static String classPath() {
        Stream<String> loaded = SqlProcess.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(SqlProcess::path)
                : Stream.empty();
        Stream<String> started = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        return Stream.concat(loaded, started)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** Waits until questions can be asked. */
    void ready() throws IOException {
        receive();
    }

    /**
     * Asks.
     *
     * @throws IOException when the process has ended
     */
    Answered ask(Sandbox.Question question) throws IOException {
        byte[] bytes = Json.bytes(question);
        questions.writeInt(bytes.length);
        questions.write(bytes);
        questions.flush();
        return receive();
    }

    private Answered receive() throws IOException {
        SqlWorker.Reply reply = Json.read(answers.readNBytes(answers.readInt()), SqlWorker.Reply.class);
        return new Answered(reply, answers.readNBytes(answers.readInt()));
    }

    /** Ends it whatever it does; whoever waits for its answer hears that it has ended. */
    void kill() {
        killed = true;
        process.destroyForcibly();
    }

    /** Whether it ended because it was killed. */
    boolean isKilled() {
        return killed;
    }

    /** What it left behind of its end, for the log. */
    String lastWords() {
        try {
            return Files.readString(folder.resolve("errors.txt"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException none) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException kept) {
            // It lies in the folder for what is temporary, which the system clears.
            return;
        }
    }
}
