package smew.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.S3Server;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Work;

/** Copies of what lies on S3: bounded, shared, checked, and gone with the process that needed them. */
final class S3CacheTest {

    @TempDir
    Path folder;

    private S3Server server;
    private Path cache;

    @BeforeEach
    void open() {
        server = S3Server.start(folder.resolve("server"));
        cache = folder.resolve("cache");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private StoreSettings settings(long bytes) {
        return new StoreSettings("s3://bucket", server.settings(), S3Settings.DEFAULT.withCache(cache, bytes));
    }

    @Test
    void aDamagedCopyOfAnInputIsFetchedAgain() throws IOException {
        byte[] bytes = put("in/one.csv", 5000);
        fetch(bytes);
        try (Stream<Path> copies = Files.list(cache.resolve("objects"))) {
            Path copy = copies.toList().getFirst();
            byte[] damaged = bytes.clone();
            damaged[77] ^= 1;
            Files.write(copy, damaged);
        }
        fetch(bytes);
    }

    @Test
    void manyReadersAtOnceShareOneCopyAndStayWithinTheLimit() throws IOException {
        List<byte[]> all =
                IntStream.range(0, 12).mapToObj(i -> put("in/" + i, 1000)).toList();
        Work.each(IntStream.range(0, 36).boxed().toList(), 12, i -> {
            try (RemoteFiles files = new RemoteFiles(settings(6000))) {
                Path copy = files.fetch("s3://bucket/in/" + i % 12)
                        .files()
                        .getFirst()
                        .copy();
                assertArrayEquals(all.get(i % 12), read(copy));
                return copy;
            }
        });
        try (Stream<Path> copies = Files.list(cache.resolve("objects"))) {
            List<Path> left = copies.toList();
            assertTrue(left.stream().noneMatch(copy -> copy.toString().endsWith(".part")), left.toString());
            // Each of twelve may add one before it counts.
            assertTrue(left.size() <= 12, left.toString());
        }
        try (Stream<Path> sessions = Files.list(cache.resolve("sessions"))) {
            assertEquals(List.of(), sessions.toList());
        }
    }

    @Test
    void aFileThatIsLargerThanTheCacheIsReadAllTheSame() throws IOException {
        byte[] bytes = put("in/one.csv", 5000);
        try (RemoteFiles files = new RemoteFiles(settings(100))) {
            Path copy = files.fetch("s3://bucket/in/one.csv").files().getFirst().copy();
            try (Stream<Path> copies = Files.list(cache.resolve("objects"))) {
                assertEquals(List.of(), copies.toList());
            }
            assertArrayEquals(bytes, read(copy));
        }
    }

    @Test
    void aCacheThatIsAFileOrReadOnlyOrFullIsToldInOneSentence() throws Exception {
        put("in/one.csv", 3_000_000);
        Files.writeString(folder.resolve("file"), "no folder");
        cache = folder.resolve("file");
        refused();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        cache = disk;
        assumeTrue(command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0, "cannot mount");
        try {
            refused();
            try (Stream<Path> copies = Files.list(disk.resolve("objects"))) {
                assertEquals(List.of(), copies.toList());
            }
            assertEquals(0, command("mount", "-o", "remount,ro", disk.toString()));
            refused();
        } finally {
            command("umount", disk.toString());
        }
    }

    private void refused() {
        try (RemoteFiles files = new RemoteFiles(settings(10_000_000))) {
            SmewException failed = assertThrows(SmewException.class, () -> files.fetch("s3://bucket/in/one.csv"));
            assertEquals(Fault.OUTSIDE, failed.fault(), failed.getMessage());
            assertTrue(failed.getMessage().contains("Give --cache a folder"), failed.getMessage());
            assertTrue(failed.getMessage().contains(cache.toString()), failed.getMessage());
            assertEquals(1, failed.getMessage().lines().count(), failed.getMessage());
        }
    }

    @Test
    void sessionsOfDeadProcessesAreDeletedAndThoseOfLivingOnesNot() throws Exception {
        Path dead = Files.createDirectories(cache.resolve("sessions/77-1-dead/inputs"));
        Files.writeString(dead.resolve("left"), "left");
        Files.createFile(cache.resolve("sessions/77-1-dead.lock"));
        Path strange = Files.createDirectories(cache.resolve("sessions/strange"));
        try (Session mine = Session.open(cache);
                Session other = Session.open(cache)) {
            assertFalse(mine.folder().equals(other.folder()));
            assertTrue(Files.exists(mine.folder()) && Files.exists(other.folder()));
            assertFalse(Files.exists(cache.resolve("sessions/77-1-dead")));
            assertFalse(Files.exists(cache.resolve("sessions/77-1-dead.lock")));
            assertTrue(Files.exists(strange), "what is none of ours stays");
        }
        // A process that lives holds its lock.
        Path living = Files.createDirectories(cache.resolve("sessions/78-1-living"));
        Path lock = Files.createFile(cache.resolve("sessions/78-1-living.lock"));
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                var held = channel.lock();
                Session mine = Session.open(cache)) {
            assertTrue(held.isValid() && Files.exists(mine.folder()));
            assertTrue(Files.exists(living));
        }
    }

    @Test
    void nothingRunsOnOnceAStoreIsClosed() throws Exception {
        put("in/one.csv", 1000);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 3; i++) {
            try (Store store = Store.open(settings(1000));
                    Writer writer = store.write("CURRENT")) {
                Files.writeString(writer.folder("x").resolve("release.json"), "{}");
                writer.publish(writer.folder("x"), "releases/" + i, "release.json");
                writer.point("1".getBytes(UTF_8));
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean ours = thread.getName().startsWith("smew-")
                    || thread.getName().startsWith("sdk-")
                    || thread.getName().startsWith("aws-");
            if (ours && !before.contains(thread)) {
                thread.join(TimeUnit.SECONDS.toMillis(10));
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }

    private byte[] put(String key, int bytes) {
        byte[] content = new byte[bytes];
        new Random(key.hashCode()).nextBytes(content);
        try (S3Objects objects = S3Objects.open(settings(0))) {
            objects.put(new S3Location("bucket", key), content).join();
        }
        return content;
    }

    private void fetch(byte[] expected) {
        try (RemoteFiles files = new RemoteFiles(settings(10_000_000))) {
            assertArrayEquals(
                    expected,
                    read(files.fetch("s3://bucket/in/one.csv")
                            .files()
                            .getFirst()
                            .copy()));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static int command(String... line) throws Exception {
        try {
            return new ProcessBuilder(List.of(line))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            return 127;
        }
    }
}
