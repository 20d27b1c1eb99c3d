package smew.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How objects are kept on S3, and copies of them on this machine.
 *
 * @param pathStyle whether addresses name the bucket in their path; empty: they do where a server stands in for AWS
 * @param kmsKey id or ARN of the key that encrypts what is written (SSE-KMS); empty: as the bucket has it
 * @param storageClass of what is written, such as {@code STANDARD_IA}; empty: as the bucket has it
 * @param cache a folder for copies of what was read
 * @param cacheBytes how large the copies may be together; the least recently used are deleted first
 */
public record S3Settings(
        Optional<Boolean> pathStyle,
        Optional<String> kmsKey,
        Optional<String> storageClass,
        Path cache,
        long cacheBytes) {

    /** A bucket's own ways, and a cache of 10 GB below the folder for temporary files. */
    public static final S3Settings DEFAULT = new S3Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Path.of(System.getProperty("java.io.tmpdir"), "smew-cache"),
            10_000_000_000L);

    /** The same with the cache in another folder. */
    public S3Settings withCache(Path folder, long bytes) {
        return new S3Settings(pathStyle, kmsKey, storageClass, folder, bytes);
    }
}
