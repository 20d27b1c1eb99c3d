package smew.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.S3Server;
import smew.base.Content;
import smew.base.Fault;
import smew.base.SmewException;

final class S3StoreTest {

    @TempDir
    Path folder;

    private S3Server server;
    private Store store;

    @BeforeEach
    void open() {
        server = S3Server.start(folder.resolve("server"));
        store = another();
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private Store another() {
        S3Settings s3 = S3Settings.DEFAULT.withCache(folder.resolve("cache"), 100_000_000);
        return Store.open(new StoreSettings("s3://bucket/some/prefix", server.settings(), s3));
    }

    @Test
    void givesAFolderItsKeysAndItsHeadLast() throws IOException {
        byte[] large = new byte[40_000_001];
        new Random(1).nextBytes(large);
        publish("releases/1", large, "1");
        assertEquals(Optional.of("1"), store.read("CURRENT").map(bytes -> new String(bytes, UTF_8)));
        assertEquals(List.of("1"), store.list("releases"));
        assertEquals(List.of("deep", "large", "release.json"), store.list("releases/1"));
        Path copy = store.file("shelf", "releases/1/large", content(large)).orElseThrow();
        assertArrayEquals(large, Files.readAllBytes(copy));
        assertEquals(Optional.empty(), store.file("shelf", "releases/1/large", content(new byte[large.length])));
        assertEquals(Optional.empty(), store.file("shelf", "releases/1/absent", content(large)));
        Path another = store.file("another", "releases/1/large", content(large)).orElseThrow();
        store.forget("shelf");
        assertFalse(Files.exists(copy));
        assertArrayEquals(large, Files.readAllBytes(another), "who reads it beside needs it still");
    }

    /** A length does not tell that a content is the same. */
    @Test
    void givesAKeyAnotherContentOfTheSameLength() throws IOException {
        Path file = folder.resolve("log");
        for (String content : List.of("first", "later")) {
            store.replace(Files.writeString(file, content), "predictions/log");
            assertEquals(Optional.of(content), store.read("predictions/log").map(bytes -> new String(bytes, UTF_8)));
        }
    }

    @Test
    void sendsAFileWhileItIsWritten() throws Exception {
        byte[] bytes = new byte[50_000_000];
        new Random(2).nextBytes(bytes);
        try (Writer writer = store.write("CURRENT")) {
            Path release = writer.folder("release");
            Path file = release.resolve("growing");
            try (OutputStream out = Files.newOutputStream(file)) {
                writer.writing(file, "releases/1/growing");
                for (int from = 0; from < bytes.length; from += 1_000_000) {
                    out.write(bytes, from, 1_000_000);
                    out.flush();
                }
            }
            // What a writer changes behind its back is sent again.
            bytes[7] ^= 1;
            Files.write(file, bytes);
            writer.written(file, "releases/1/growing");
            Files.writeString(release.resolve("release.json"), "{}");
            writer.publish(release, "releases/1", "release.json");
            writer.point("1".getBytes(UTF_8));
        }
        assertArrayEquals(
                bytes,
                Files.readAllBytes(store.file("shelf", "releases/1/growing", content(bytes))
                        .orElseThrow()));
    }

    @Test
    void letsTheFirstOfTwoWritersWinAndTellsTheOther() throws IOException {
        publish("releases/1", new byte[10], "1");
        try (Writer slow = store.write("CURRENT");
                Store second = another();
                Writer fast = second.write("CURRENT")) {
            fill(slow, "2", new byte[20]);
            fill(fast, "3", new byte[30]);
            fast.point("3".getBytes(UTF_8));
            SmewException late = assertThrows(SmewException.class, () -> slow.point("2".getBytes(UTF_8)));
            assertEquals(Fault.NOT_READY, late.fault());
            assertTrue(late.getMessage().contains("another run published"), late.getMessage());
        }
        assertEquals(Optional.of("3"), store.read("CURRENT").map(bytes -> new String(bytes, UTF_8)));
        assertEquals(List.of("1", "3"), store.list("releases"), "the other left nothing");
    }

    @Test
    void deletesWhatWasNotPublished() throws IOException {
        try (Writer writer = store.write("CURRENT")) {
            fill(writer, "2", new byte[20_000_000]);
        }
        assertEquals(List.of(), store.list("releases"));
        assertEquals(Optional.empty(), store.read("CURRENT"));
        try (Stream<Path> left = Files.walk(folder.resolve("cache/sessions"))) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.toString().contains("work-")).toList());
        }
    }

    @Test
    void readsAgainWhatThisMachineHasWithoutAskingForIt() throws IOException {
        byte[] bytes = new byte[9_000_000];
        publish("releases/1", bytes, "1");
        Path copy = store.file("shelf", "releases/1/large", content(bytes)).orElseThrow();
        try (Store second = another()) {
            Path again =
                    second.file("shelf", "releases/1/large", content(bytes)).orElseThrow();
            assertTrue(Files.isSameFile(copy, again));
        }
        assertTrue(Files.exists(copy));
    }

    @Test
    void fetchesAgainWhatThisMachineHasDamaged() throws IOException {
        byte[] bytes = new byte[1000];
        publish("releases/1", bytes, "1");
        Path copy = store.file("shelf", "releases/1/large", content(bytes)).orElseThrow();
        Files.write(copy, new byte[] {1, 2, 3});
        assertArrayEquals(
                bytes,
                Files.readAllBytes(
                        store.file("shelf", "releases/1/large", content(bytes)).orElseThrow()));
    }

    @Test
    void keepsNoMoreCopiesThanItMay() throws IOException {
        try (Store small = Store.open(new StoreSettings(
                "s3://bucket/some/prefix",
                server.settings(),
                S3Settings.DEFAULT.withCache(folder.resolve("small"), 2500)))) {
            for (int i = 1; i <= 4; i++) {
                byte[] bytes = new byte[1000];
                bytes[0] = (byte) i;
                publish("releases/" + i, bytes, "1");
                assertTrue(small.file("shelf", "releases/" + i + "/large", content(bytes))
                        .isPresent());
            }
        }
        try (var copies = Files.list(folder.resolve("small/objects"))) {
            assertEquals(2, copies.count());
        }
    }

    @Test
    void deletesAReleaseWithItsManifestFirst() throws IOException {
        publish("releases/1", new byte[10], "1");
        publish("releases/2", new byte[10], "2");
        try (Writer writer = store.write("CURRENT")) {
            assertFalse(writer.delete("releases/1", "release.json", () -> true));
            assertEquals(List.of("1", "2"), store.list("releases"), "it was wanted after all");
            assertTrue(store.holds("releases/1/release.json"));
            assertTrue(writer.delete("releases/1", "release.json", () -> false));
        }
        assertEquals(List.of("2"), store.list("releases"));
    }

    @Test
    void saysThatABucketIsMissing() {
        try (Store lost = Store.open(new StoreSettings(
                "s3://no-such-bucket",
                server.settings(),
                S3Settings.DEFAULT.withCache(folder.resolve("cache"), 1000)))) {
            SmewException failed = assertThrows(SmewException.class, () -> lost.read("CURRENT"));
            assertEquals(Fault.NOT_FOUND, failed.fault());
            assertTrue(failed.getMessage().contains("no such bucket"), failed.getMessage());
        }
    }

    private void publish(String prefix, byte[] large, String head) throws IOException {
        try (Writer writer = store.write("CURRENT")) {
            fill(writer, prefix.substring(prefix.indexOf('/') + 1), large);
            writer.point(head.getBytes(UTF_8));
        }
    }

    private Content content(byte[] bytes) throws IOException {
        return Content.of(Files.write(folder.resolve("expected"), bytes));
    }

    private static void fill(Writer writer, String id, byte[] large) throws IOException {
        Path release = writer.folder("release-" + id);
        Files.write(release.resolve("large"), large);
        Files.createDirectories(release.resolve("deep/er"));
        Files.writeString(release.resolve("deep/er/small"), "small");
        Files.writeString(release.resolve("release.json"), "{}");
        writer.publish(release, "releases/" + id, "release.json");
    }
}
