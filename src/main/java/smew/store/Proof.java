package smew.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What S3 knows of the content of a whole object, to compare a copy with that was put together from parts.
 *
 * @param algorithm of the checksum
 * @param value in the form in which S3 states it
 */
record Proof(Algorithm algorithm, String value) {

    private static final int BUFFER_BYTES = 1 << 20;

    /** What can be computed here. */
    enum Algorithm {
        CRC32,
        CRC32C,
        SHA256,
        MD5
    }

    /** The best there is; empty where S3 knows checksums of single parts only. */
    static Optional<Proof> of(HeadObjectResponse head) {
        if (head.checksumType() != ChecksumType.COMPOSITE) {
            if (head.checksumCRC32() != null) {
                return Optional.of(new Proof(Algorithm.CRC32, head.checksumCRC32()));
            }
            if (head.checksumCRC32C() != null) {
                return Optional.of(new Proof(Algorithm.CRC32C, head.checksumCRC32C()));
            }
            if (head.checksumSHA256() != null) {
                return Optional.of(new Proof(Algorithm.SHA256, head.checksumSHA256()));
            }
        }
        String etag = head.eTag().replace("\"", "");
        boolean plain =
                head.serverSideEncryption() == null || head.serverSideEncryption() == ServerSideEncryption.AES256;
        // Encrypted with a key of one's own, or uploaded in parts, an ETag is no MD5 of the content.
        return plain && head.sseCustomerAlgorithm() == null && etag.matches("[0-9a-f]{32}")
                ? Optional.of(new Proof(Algorithm.MD5, etag))
                : Optional.empty();
    }

    boolean fits(Path file) throws IOException {
        return switch (algorithm) {
            case CRC32 -> value.equals(crc(file, new CRC32()));
            case CRC32C -> value.equals(crc(file, new CRC32C()));
            case SHA256 -> value.equals(Base64.getEncoder().encodeToString(digest(file, "SHA-256")));
            case MD5 -> value.equals(HexFormat.of().formatHex(digest(file, "MD5")));
        };
    }

    private static String crc(Path file, Checksum checksum) throws IOException {
        read(file, checksum::update);
        int sum = (int) checksum.getValue();
        return Base64.getEncoder()
                .encodeToString(new byte[] {(byte) (sum >> 24), (byte) (sum >> 16), (byte) (sum >> 8), (byte) sum});
    }

    private static byte[] digest(Path file, String algorithm) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            read(file, digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IOException("This Java has no " + algorithm + ".", impossible);
        }
    }

    /** Takes bytes as they are read. */
    private interface Sink {
        void take(byte[] bytes, int from, int count);
    }

    private static void read(Path file, Sink sink) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sink.take(buffer, 0, count);
            }
        }
    }
}
