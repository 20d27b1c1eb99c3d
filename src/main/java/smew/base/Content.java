package smew.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What a file holds, in so few bytes that it can be compared later.
 *
 * @param sha256 names the content, in lower-case hex
 * @param crc32c finds damage, in lower-case hex: of a megabyte it takes a Java that has just started 0.003 s, and SHA-256 0.06 s. Empty
 *     where an older Smew did not note it
 */
public record Content(long bytes, String sha256, Optional<String> crc32c) {

    /**
     * Of a file, read once, in bounded memory.
     *
     * @throws IOException when the file cannot be read
     */
    public static Content of(Path file) throws IOException {
        MessageDigest digest = Digest.sha256();
        CRC32C crc = new CRC32C();
        long bytes =
                Digest.drain(new CheckedInputStream(new DigestInputStream(Files.newInputStream(file), digest), crc));
        return new Content(bytes, HexFormat.of().formatHex(digest.digest()), Optional.of(hex(crc)));
    }

    /**
     * Whether a file holds this, as far as its length and CRC tell; where that is not known, its digest.
     *
     * @throws IOException when the file cannot be read
     */
    public boolean isOf(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != bytes) {
            return false;
        }
        return crc32c.isPresent()
                ? crc32c(file).equals(crc32c.get())
                : Digest.of(file).equals(sha256);
    }

    /**
     * The CRC-32C of a file, in lower-case hex of eight digits.
     *
     * @throws IOException when the file cannot be read
     */
    public static String crc32c(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        Digest.drain(new CheckedInputStream(Files.newInputStream(file), crc));
        return hex(crc);
    }

    private static String hex(CRC32C crc) {
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
