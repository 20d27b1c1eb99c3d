package smew.sagemaker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes files into a tar stream (POSIX.1-1988, ustar). Owner, mode and time are always the same, so that the same files give
 * the same bytes.
 */
final class TarWriter implements AutoCloseable {

    static final int BLOCK = 512;

    private static final int NAME_BYTES = 100;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Adds a file.
     *
     * @param name of at most 100 bytes
     */
    void file(String name, Path file) throws IOException {
        long size = Files.size(file);
        out.write(header(name, size));
        long copied = Files.copy(file, out);
        if (copied != size) {
            throw new IOException(file + " changed while it was read");
        }
        out.write(new byte[padding(size)]);
    }

    /** Bytes from the end of a file to the next block. */
    static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private static byte[] header(String name, long size) throws IOException {
        byte[] header = new byte[BLOCK];
        byte[] bytes = name.getBytes(UTF_8);
        if (bytes.length > NAME_BYTES) {
            throw new IOException("the name " + name + " is longer than 100 bytes");
        }
        System.arraycopy(bytes, 0, header, 0, bytes.length);
        octal(header, 100, 8, 0_644);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        header[156] = '0';
        System.arraycopy("ustar\00000".getBytes(US_ASCII), 0, header, 257, 8);
        octal(header, CHECKSUM, CHECKSUM_BYTES - 1, sum(header));
        header[CHECKSUM + CHECKSUM_BYTES - 1] = ' ';
        return header;
    }

    /** Of all bytes, those of the sum itself counting as blanks. */
    static long sum(byte[] header) {
        byte[] counted = header.clone();
        Arrays.fill(counted, CHECKSUM, CHECKSUM + CHECKSUM_BYTES, (byte) ' ');
        long sum = 0;
        for (byte value : counted) {
            sum += value & 0xff;
        }
        return sum;
    }

    private static void octal(byte[] header, int at, int length, long value) throws IOException {
        String digits = Long.toOctalString(value);
        if (digits.length() > length - 1) {
            throw new IOException("a file of " + value + " bytes is too large for a tar archive");
        }
        byte[] text = ("0".repeat(length - 1 - digits.length()) + digits).getBytes(US_ASCII);
        System.arraycopy(text, 0, header, at, text.length);
    }

    /** Ends the archive, and the stream. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
