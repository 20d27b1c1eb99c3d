package smew.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What S3 knows of the content of a whole object, to compare a copy with. S3 has a checksum where the object was uploaded with
 * one; for others the ETag is an MD5, unless they were uploaded in parts or encrypted with a key of one's own.
 *
 * @param algorithm of the checksum
 * @param value in the form in which S3 states it
 */
record Proof(Algorithm algorithm, String value) {

    private static final int BUFFER_BYTES = 1 << 20;

    /** What can be computed here. */
    enum Algorithm {
        CRC64NVME,
        CRC32,
        CRC32C,
        SHA256,
        MD5
    }

    /** The best there is; empty where S3 knows checksums of single parts only. */
    static Optional<Proof> of(HeadObjectResponse head) {
        return checksum(Algorithm.CRC64NVME, head.checksumCRC64NVME(), head.checksumType())
                .or(() -> checksum(Algorithm.CRC32, head.checksumCRC32(), head.checksumType()))
                .or(() -> checksum(Algorithm.CRC32C, head.checksumCRC32C(), head.checksumType()))
                .or(() -> checksum(Algorithm.SHA256, head.checksumSHA256(), head.checksumType()))
                .or(() -> md5(head.eTag(), head.serverSideEncryption(), head.sseCustomerAlgorithm()));
    }

    /** The same of an answer that brought all of the object. */
    static Optional<Proof> of(GetObjectResponse whole) {
        return checksum(Algorithm.CRC64NVME, whole.checksumCRC64NVME(), whole.checksumType())
                .or(() -> checksum(Algorithm.CRC32, whole.checksumCRC32(), whole.checksumType()))
                .or(() -> checksum(Algorithm.CRC32C, whole.checksumCRC32C(), whole.checksumType()))
                .or(() -> checksum(Algorithm.SHA256, whole.checksumSHA256(), whole.checksumType()))
                .or(() -> md5(whole.eTag(), whole.serverSideEncryption(), whole.sseCustomerAlgorithm()));
    }

    private static Optional<Proof> checksum(Algorithm algorithm, @Nullable String value, @Nullable ChecksumType type) {
        // A checksum of the checksums of parts tells their number after a dash.
        return value == null || type == ChecksumType.COMPOSITE || value.contains("-")
                ? Optional.empty()
                : Optional.of(new Proof(algorithm, value));
    }

    private static Optional<Proof> md5(
            @Nullable String etag, @Nullable ServerSideEncryption encryption, @Nullable String customerKey) {
        String value = etag == null ? "" : etag.replace("\"", "");
        boolean plain = encryption == null || encryption == ServerSideEncryption.AES256;
        return plain && customerKey == null && value.matches("[0-9a-f]{32}")
                ? Optional.of(new Proof(Algorithm.MD5, value))
                : Optional.empty();
    }

    /** The checksum of bytes that are sent, in the form in which S3 wants it. */
    static String crc32(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    /** What to say of an object whose copy does not fit. */
    static SmewException damaged(S3Location object) {
        return new SmewException(
                Fault.OUTSIDE,
                "Reading " + object + ": what arrived does not fit its checksum. Try again; if it stays so, upload the"
                        + " object anew.");
    }

    boolean fits(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Sum sum = sum();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum.take(buffer, count);
            }
            return value.equals(sum.value());
        }
    }

    boolean fits(byte[] bytes) {
        Sum sum = sum();
        sum.take(bytes, bytes.length);
        return value.equals(sum.value());
    }

    /** A checksum that grows. */
    private interface Sum {
        void take(byte[] bytes, int count);

        String value();
    }

    private Sum sum() {
        return switch (algorithm) {
            case CRC64NVME -> crc(new Crc64Nvme(), Long.BYTES);
            case CRC32 -> crc(new CRC32(), Integer.BYTES);
            case CRC32C -> crc(new CRC32C(), Integer.BYTES);
            case SHA256 -> digest("SHA-256", Base64.getEncoder()::encodeToString);
            case MD5 -> digest("MD5", HexFormat.of()::formatHex);
        };
    }

    private static Sum crc(Checksum checksum, int bytes) {
        return new Sum() {
            @Override
            public void take(byte[] more, int count) {
                checksum.update(more, 0, count);
            }

            @Override
            public String value() {
                byte[] all = ByteBuffer.allocate(Long.BYTES)
                        .putLong(checksum.getValue() << (Long.SIZE - bytes * Byte.SIZE))
                        .array();
                return Base64.getEncoder().encodeToString(Arrays.copyOf(all, bytes));
            }
        };
    }

    private static Sum digest(String algorithm, Function<byte[], String> text) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new SmewException(Fault.INTERNAL, "This Java has no " + algorithm + ".", impossible);
        }
        return new Sum() {
            @Override
            public void take(byte[] more, int count) {
                digest.update(more, 0, count);
            }

            @Override
            public String value() {
                return text.apply(digest.digest());
            }
        };
    }
}
