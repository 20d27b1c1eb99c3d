package smew.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Brings objects to this machine, large ones in parts at the same time. */
final class Download {

    /** Bytes of one request. */
    static final long PART_BYTES = 8L << 20;

    private static final int PARTS_AT_ONCE = 16;
    private static final int REPLACED = 412;

    private final S3Objects objects;
    private final Semaphore parts = new Semaphore(PARTS_AT_ONCE);

    Download(S3Objects objects) {
        this.objects = objects;
    }

    /**
     * Writes an object's bytes into a new file; fails where the object has changed since it was listed.
     *
     * @param listed the object as it was listed
     * @throws SmewException NOT_READY when it was replaced meanwhile
     */
    void to(Path file, S3Location object, S3Objects.Listed listed) {
        bring(file, object, listed);
    }

    /** The same for content whose digest nobody else knows: it is compared with what S3 knows of the whole, if it does. */
    void proven(Path file, S3Location object, S3Objects.Listed listed) {
        Optional<Proof> proof = bring(file, object, listed).map(Proof::of).orElseGet(() -> objects.proof(object));
        try {
            if (proof.isPresent() && !proof.get().fits(file)) {
                throw Proof.damaged(object);
            }
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
        }
    }

    /** The answer, where one brought all. */
    private Optional<GetObjectResponse> bring(Path file, S3Location object, S3Objects.Listed listed) {
        try (RandomAccessFile sized = new RandomAccessFile(file.toFile(), "rw")) {
            sized.setLength(listed.bytes());
        } catch (IOException failed) {
            throw Copies.failure("Writing", file, failed);
        }
        try {
            if (listed.bytes() <= PART_BYTES) {
                return Optional.of(Aws.await("Reading " + object, objects.whole(object, listed.etag(), file)));
            }
            parts(file, object, listed);
            return Optional.empty();
        } catch (SmewException failed) {
            throw explained(failed, file, object);
        }
    }

    /** After a failure nothing more is asked for; what is under way still writes into the file, and is waited for. */
    private void parts(Path file, S3Location object, S3Objects.Listed listed) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        for (long from = 0; from < listed.bytes() && !over.get(); from += PART_BYTES) {
            parts.acquireUninterruptibly();
            long bytes = Math.min(PART_BYTES, listed.bytes() - from);
            all.add(objects.range(object, listed.etag(), from, bytes, file).whenComplete((_, failed) -> {
                over.compareAndSet(false, failed != null);
                parts.release();
            }));
        }
        Aws.await("Reading " + object, CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
    }

    private static SmewException explained(SmewException failed, Path file, S3Location object) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (AwsFailure.status(cause) == REPLACED) {
            return new SmewException(
                    Fault.NOT_READY,
                    "Reading " + object
                            + ": it was replaced while it was being read. Run again to read what is there now.",
                    failed);
        }
        // What the SDK could not write it reports as it does a broken connection.
        return isFull(file) ? Copies.failure("Writing", file, new IOException("the disk is full", failed)) : failed;
    }

    private static boolean isFull(Path file) {
        try {
            return Files.getFileStore(file.toAbsolutePath()).getUsableSpace() < PART_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}
