package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.AwsSettings;
import smew.aws.Layer;
import smew.aws.S3Server;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Draft;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.S3Settings;
import smew.store.StoreSettings;

/** A bucket with whatever trouble a test puts before it. */
abstract class OnS3 {

    /** Two parts, up and down. */
    static final int LARGE = (8 << 20) + 100_000;

    static final int SMALL = 1000;
    static final String ADDRESS = "s3://bucket/some/prefix";

    final Layer.Switch layer = new Layer.Switch();

    @TempDir
    Path folder;

    S3Server server;

    @BeforeEach
    void startServer() {
        server = S3Server.start(folder.resolve("server"), layer);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    Releases releases() {
        return releases(server.settings());
    }

    Releases releases(AwsSettings aws) {
        return Releases.of(settings(ADDRESS, aws));
    }

    StoreSettings settings(String address, AwsSettings aws) {
        return new StoreSettings(address, aws, S3Settings.DEFAULT.withCache(folder.resolve("cache"), 1_000_000_000));
    }

    static ReleaseId publish(Releases releases, int number, int bytes) {
        return publish(releases, number, bytes, Clock.systemUTC());
    }

    /** A release of one file of random bytes that its number determines, and of a small one. */
    static ReleaseId publish(Releases releases, int number, int bytes, Clock clock) {
        try (Draft draft = releases.begin(Digest.of(Integer.toString(number)), clock)) {
            draft.publish(manifest(draft, number, bytes), Optional.empty());
            return draft.id();
        }
    }

    static Manifest manifest(Draft draft, int number, int bytes) {
        byte[] content = new byte[bytes];
        new Random(number).nextBytes(content);
        try {
            Path file = draft.directory().resolve("large");
            draft.writing(file);
            Files.write(file, content);
            draft.written(file);
            Files.writeString(draft.directory().resolve("small"), "number " + number);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Manifest(
                draft.id().value(),
                draft.created(),
                LocalDate.EPOCH,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                draft.outputs(),
                Map.of());
    }

    /** Fails unless the release is current and each of its files is what was released. */
    void assertWhole(ReleaseId current) {
        assertWhole(current, 2);
    }

    void assertWhole(ReleaseId current, int files) {
        try (Releases releases = releases()) {
            assertEquals(Optional.of(current), releases.current());
            Manifest manifest = releases.manifest(current);
            assertEquals(files, manifest.outputs().size());
            manifest.outputs().forEach(output -> releases.files(manifest).file(output.path()));
        }
    }

    /** Fails unless a failure is of this kind, and says this in one or two sentences. */
    static SmewException refused(Fault fault, String says, Executable work) {
        SmewException failed = assertThrows(SmewException.class, work);
        assertEquals(fault, failed.fault(), failed.getMessage());
        assertTrue(failed.getMessage().contains(says), failed.getMessage());
        assertTrue(failed.getMessage().lines().count() == 1, failed.getMessage());
        assertTrue(failed.getMessage().contains("s3://"), failed.getMessage());
        return failed;
    }

    /** Every object of the bucket, as a server without trouble lists it. */
    List<String> keys() {
        try (Stream<Path> tree = Files.walk(folder.resolve("server").resolve(S3Server.BUCKET))) {
            Path root = folder.resolve("server").resolve(S3Server.BUCKET);
            return tree.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Fails unless no session, copy under way or work lies in the cache any more. */
    void assertNothingLeftHere() {
        try (Stream<Path> tree = Files.walk(folder.resolve("cache"))) {
            assertEquals(
                    List.of(),
                    tree.filter(path -> path.toString().endsWith(".part")
                                    || path.getParent().endsWith("sessions"))
                            .toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
