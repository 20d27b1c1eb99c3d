package smew.end;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Digest;
import smew.end.SmewJar.Outcome;
import smew.end.SmewJar.Running;

/** The AWS SDK and DuckDB come out of the JAR when they are needed, once, whole, and wherever they can be put. */
final class PackedLibraryEndToEndTest {

    /** What Smew's JAR had before it knew AWS; each entry costs time and memory at every start. */
    private static final int ENTRIES = 16_067;

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    /** Nobody listens there: that this is told shows that the SDK was there to try. */
    private Running start(Path cache) {
        return SmewJar.in(folder, logs)
                .with(Map.of(
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "key",
                        "AWS_SECRET_ACCESS_KEY", "secret",
                        "XDG_CACHE_HOME", cache.toString()))
                .start(
                        "releases",
                        "--store",
                        "s3://bucket/prefix",
                        "--cache",
                        folder.resolve("copies").toString());
    }

    private static void assertTried(Running running) {
        Outcome outcome = running.end();
        assertEquals(6, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("127.0.0.1:1"), outcome.err());
    }

    private Running query(Path cache) {
        return SmewJar.in(folder, logs)
                .with(Map.of("XDG_CACHE_HOME", cache.toString()))
                .start("sql", "--store", folder.resolve("store").toString(), "SELECT 6 * 7 AS answer");
    }

    private static void assertAnswered(Running running) {
        Outcome outcome = running.end();
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("42"), outcome.out());
    }

    private static List<Path> unpacked(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache.resolve("smew/lib"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Object number(Path file) throws IOException {
        return Files.readAttributes(file, "unix:ino").get("ino");
    }

    private static void damage(Path file) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(opened.length() / 2);
            opened.write(new byte[] {1, 2, 3, 4});
        }
    }

    @Test
    void theJarHasNoEntryForEachClassOfTheSdk() throws IOException {
        try (JarFile jar = new JarFile(SmewJar.jar().toFile())) {
            assertEquals(
                    List.of(),
                    jar.stream()
                            .map(java.util.zip.ZipEntry::getName)
                            .filter(name -> name.startsWith("software/amazon/awssdk/") || name.startsWith("io/netty/"))
                            .filter(name -> name.endsWith(".class"))
                            .limit(3)
                            .toList());
            assertTrue(jar.size() <= ENTRIES, () -> jar.size() + " entries");
        }
    }

    @Test
    void itIsUnpackedOnceAndMendedWhenDamaged() throws IOException {
        assertTried(start(folder));
        Path library = unpacked(folder).getFirst();
        Object first = number(library);
        String digest = Digest.of(library);
        assertTried(start(folder));
        assertEquals(first, number(library), "the same file");

        damage(library);
        Path old = library.getParent().resolveSibling("aws-00000000");
        Files.writeString(Files.createDirectories(old).resolve("aws.jar"), "of a version that nobody uses");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        assertTried(start(folder));
        assertEquals(digest, Digest.of(library));
        assertEquals(List.of(library), unpacked(folder));
    }

    @Test
    void theLibraryOfDuckDbIsUnpackedOnceAndMendedWhenDamaged() throws IOException {
        assertAnswered(query(folder));
        List<Path> files = unpacked(folder);
        assertEquals(2, files.size(), files::toString);
        Path library = files.getLast();
        assertTrue(library.getFileName().toString().startsWith("libduckdb_java.so_"), library::toString);
        Object first = number(library);
        String digest = Digest.of(library);
        assertAnswered(query(folder));
        assertEquals(first, number(library), "the same file");
        damage(library);
        assertAnswered(query(folder));
        assertEquals(digest, Digest.of(library));
        assertEquals(files, unpacked(folder));
    }

    @Test
    void severalProcessesMayUnpackItAtOnce() throws IOException {
        List<Running> running =
                Stream.of(folder, folder, folder).map(this::start).toList();
        running.forEach(PackedLibraryEndToEndTest::assertTried);
        assertEquals(1, unpacked(folder).size());
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoObstacle() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertTried(start(file));
        assertAnswered(query(file));
        assertArrayEquals("no folder".getBytes(java.nio.charset.StandardCharsets.UTF_8), Files.readAllBytes(file));
        try (Stream<Path> left = Files.list(logs)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().matches("(smew-aws|smew-duckdb|libduckdb).*"))
                            .toList());
        }
    }
}
