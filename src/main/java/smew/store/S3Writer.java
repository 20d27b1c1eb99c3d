package smew.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * Writes below a prefix of a bucket. Any number may be at work; the first to replace the head wins, and the others are told.
 * Files lie on this machine first, and go to S3 while others are being written.
 */
public final class S3Writer implements Writer {

    private static final Logger LOG = System.getLogger("smew.store");

    private static final int PARTS_AT_ONCE = 8;

    /** What S3 answers where the head is not what it was. */
    private static final List<Integer> REPLACED = List.of(409, 412);

    private static final int NOT_IMPLEMENTED = 501;

    private final S3Objects objects;
    private final S3Location location;
    private final Path work;
    private final S3Location head;
    private final Optional<String> version;
    private final Semaphore parts = new Semaphore(PARTS_AT_ONCE);
    private final Map<String, Upload> uploads = new LinkedHashMap<>();
    private boolean pointed;

    private S3Writer(S3Objects objects, S3Location location, Path work, S3Location head, Optional<String> version) {
        this.objects = objects;
        this.location = location;
        this.work = work;
        this.head = head;
        this.version = version;
    }

    static S3Writer begin(S3Objects objects, S3Location location, Session session, String head) {
        S3Location object = location.resolve(head);
        return new S3Writer(
                objects,
                location,
                session.folder().resolve("work-" + UUID.randomUUID()),
                object,
                objects.read(object).map(S3Objects.Read::etag));
    }

    @Override
    public Path folder(String name) {
        Path folder = work.resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw Store.failure("Creating", folder, failed);
        }
    }

    @Override
    public void writing(Path file, String key) {
        upload(file, key);
    }

    @Override
    public void written(Path file, String key) {
        upload(file, key).complete();
    }

    private Upload upload(Path file, String key) {
        return uploads.computeIfAbsent(key, _ -> Upload.of(objects, parts, file, location.resolve(key)));
    }

    @Override
    public void publish(Path folder, String prefix, String last) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String relative = folder.relativize(file).toString().replace('\\', '/');
                if (!relative.equals(last)) {
                    written(file, prefix + "/" + relative);
                }
            }
        } catch (IOException failed) {
            throw Store.failure("Listing", folder, failed);
        }
        uploads.values().forEach(Upload::await);
        written(folder.resolve(last), prefix + "/" + last);
        uploads.values().forEach(Upload::await);
    }

    @Override
    public void point(byte[] bytes) {
        if (!objects.read(head).map(S3Objects.Read::etag).equals(version)) {
            throw replaced();
        }
        try {
            objects.putIf(head, bytes, version);
        } catch (CompletionException failed) {
            int status = AwsFailure.status(failed);
            if (status == NOT_IMPLEMENTED) {
                // A server without conditional writes: the comparison above has to do.
                Aws.await("Writing " + head, objects.put(head, AsyncRequestBody.fromBytes(bytes)));
            } else if (!REPLACED.contains(status)) {
                throw AwsFailure.of("Writing " + head, failed);
            } else if (!isHead(bytes)) {
                throw replaced();
            }
        }
        pointed = true;
    }

    /** An answer that was lost makes the client ask again, and find its own writing in the way. */
    private boolean isHead(byte[] bytes) {
        return objects.read(head)
                .filter(read -> Arrays.equals(read.bytes(), bytes))
                .isPresent();
    }

    private SmewException replaced() {
        return new SmewException(
                Fault.NOT_READY,
                "Writing " + head + ": another run published a release while this one was at work, and goes before it."
                        + " Run again, on top of that release.");
    }

    @Override
    public void delete(String prefix, String first) {
        objects.delete(
                location.bucket(),
                List.of(location.resolve(prefix + "/" + first).key()));
        deleteBelow(location.resolve(prefix + "/"));
    }

    @Override
    public void sweep(Instant before) {
        objects.begun(location.resolve("")).stream()
                .filter(upload -> upload.initiated().isBefore(before))
                .forEach(upload -> objects.abort(new S3Location(location.bucket(), upload.key()), upload.uploadId())
                        .join());
    }

    private void deleteBelow(S3Location prefix) {
        objects.delete(
                prefix.bucket(),
                objects.below(prefix).stream().map(S3Objects.Listed::key).toList());
    }

    @Override
    public void close() {
        try {
            if (!pointed) {
                giveUp();
            }
        } finally {
            FolderStore.delete(work);
        }
    }

    /** What cannot be deleted now is no release, for it lacks its last file or the head; prune deletes it later. */
    private void giveUp() {
        uploads.values().forEach(Upload::abandon);
        List<String> keys = new ArrayList<>(uploads.keySet());
        try {
            objects.delete(
                    location.bucket(),
                    keys.reversed().stream()
                            .map(key -> location.resolve(key).key())
                            .toList());
        } catch (SmewException left) {
            LOG.log(Level.WARNING, "Left behind below " + location + ": " + left.getMessage());
        }
    }
}
