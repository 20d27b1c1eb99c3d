package smew.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import smew.aws.Aws;
import smew.base.Fault;
import smew.base.SmewException;

/** Brings objects to this machine, large ones in parts at the same time. */
final class Download {

    /** Bytes of one request. */
    static final long PART_BYTES = 8L << 20;

    private static final int PARTS_AT_ONCE = 16;

    private final S3Objects objects;
    private final Semaphore parts = new Semaphore(PARTS_AT_ONCE);

    Download(S3Objects objects) {
        this.objects = objects;
    }

    /**
     * Writes an object's bytes into a new file; fails where the object has changed since it was listed.
     *
     * @param listed the object as it was listed
     */
    void to(Path file, S3Location object, S3Objects.Listed listed) {
        try (RandomAccessFile sized = new RandomAccessFile(file.toFile(), "rw")) {
            sized.setLength(listed.bytes());
        } catch (IOException failed) {
            throw Store.failure("Writing", file, failed);
        }
        String doing = "Reading " + object;
        if (listed.bytes() <= PART_BYTES) {
            Aws.await(doing, objects.whole(object, listed.etag(), file));
            return;
        }
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (long from = 0; from < listed.bytes(); from += PART_BYTES) {
            parts.acquireUninterruptibly();
            long bytes = Math.min(PART_BYTES, listed.bytes() - from);
            all.add(objects.range(object, listed.etag(), from, bytes, file).whenComplete((_, _) -> parts.release()));
        }
        Aws.await(doing, CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
    }

    /**
     * The same for content whose digest nobody else knows: it is compared with S3's own checksum, where there is one of the
     * whole.
     */
    void proven(Path file, S3Location object, S3Objects.Listed listed) {
        to(file, object, listed);
        if (listed.bytes() <= PART_BYTES) {
            // One answer carries its own checksum.
            return;
        }
        Optional<Proof> proof = objects.proof(object);
        try {
            if (proof.isPresent() && !proof.get().fits(file)) {
                throw new SmewException(
                        Fault.OUTSIDE,
                        "Reading " + object + ": what arrived does not fit its checksum ("
                                + proof.get().algorithm() + "). Try again; if it stays so, upload the object anew.");
            }
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
        }
    }
}
