package smew.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import smew.aws.Aws;

/**
 * A file of this machine that has the size of an object on S3, and its content in some ranges only. What was not asked for is
 * zero. All ranges are of one version of the object. For one thread at a time.
 */
public final class Sparse {

    private final S3Objects objects;
    private final S3Location object;
    private final S3Objects.Listed listed;
    private final Path file;

    private Sparse(S3Objects objects, S3Location object, S3Objects.Listed listed, Path file) {
        this.objects = objects;
        this.object = object;
        this.listed = listed;
        this.file = file;
    }

    static Sparse of(S3Objects objects, S3Location object, S3Objects.Listed listed, Path file) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            try (RandomAccessFile sized = new RandomAccessFile(file.toFile(), "rw")) {
                sized.setLength(listed.bytes());
            }
        } catch (IOException failed) {
            throw Store.failure("Writing", file, failed);
        }
        return new Sparse(objects, object, listed, file);
    }

    /**
     * Bytes of the file.
     *
     * @param from the first
     * @param to the one behind the last
     */
    public record Range(long from, long to) {}

    public Path file() {
        return file;
    }

    public long bytes() {
        return listed.bytes();
    }

    /** Brings ranges, several at a time. */
    public void fetch(List<Range> ranges) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (Range range : ranges) {
            for (long from = range.from(); from < range.to(); from += Download.PART_BYTES) {
                long bytes = Math.min(Download.PART_BYTES, range.to() - from);
                all.add(objects.range(object, listed.etag(), from, bytes, file));
            }
        }
        Aws.await("Reading " + object, CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
    }
}
