package smew.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The key-value metadata at the end of a Parquet file, whose values can give place to others of the same length: then no offset
 * moves, and the file is what DuckDB would have written of the same rows under other names.
 *
 * <p>A footer is a structure of Thrift's compact protocol; in it, a pair is key and value, each as field type, length and bytes.
 */
final class ParquetLabels {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** Field 1 or the next one, of type binary. */
    private static final int BINARY_FIELD = 0x18;

    /** Lengths up to this one are a single byte. */
    private static final int SHORT = 127;

    /** Length of the footer and the magic word behind it. */
    private static final int TAIL = 8;

    private ParquetLabels() {}

    /** Whether a file says this of itself, each once and in values that can be replaced. */
    static boolean says(Path file, Map<String, String> labels) throws IOException {
        try (FileChannel source = FileChannel.open(file)) {
            Optional<ByteBuffer> footer = footer(source);
            return footer.isPresent() && relabel(footer.get().array(), labels, labels);
        }
    }

    /**
     * Copies a file under other names.
     *
     * @param then values that the file has, by key
     * @param now values for the same keys
     * @param to a file that does not exist
     * @throws IOException also where the file does not say these, or where lengths differ
     */
    static void copy(Path from, Path to, Map<String, String> then, Map<String, String> now) throws IOException {
        try (FileChannel source = FileChannel.open(from)) {
            Optional<ByteBuffer> footer = footer(source);
            if (footer.isEmpty() || !relabel(footer.get().array(), then, now)) {
                throw new IOException(from + " does not say " + then);
            }
            long body = source.size() - TAIL - footer.get().capacity();
            try (FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (long at = 0; at < body; ) {
                    at += source.transferTo(at, body - at, target);
                }
                target.position(body);
                write(target, footer.get());
                ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
                write(target, tail.putInt(footer.get().capacity()).put(MAGIC).flip());
            }
        }
    }

    private static Optional<ByteBuffer> footer(FileChannel file) throws IOException {
        if (file.size() < 2L * TAIL) {
            return Optional.empty();
        }
        ByteBuffer tail = read(file, file.size() - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        byte[] magic = new byte[MAGIC.length];
        tail.get(magic);
        return Arrays.equals(magic, MAGIC) && length > 0 && length <= file.size() - TAIL
                ? Optional.of(read(file, file.size() - TAIL - length, length))
                : Optional.empty();
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("the file ends early");
            }
        }
        return bytes.flip();
    }

    private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private static boolean relabel(byte[] footer, Map<String, String> then, Map<String, String> now) {
        for (Map.Entry<String, String> label : then.entrySet()) {
            byte[] value = now.getOrDefault(label.getKey(), "").getBytes(StandardCharsets.UTF_8);
            byte[] old = label.getValue().getBytes(StandardCharsets.UTF_8);
            byte[] pair = pair(label.getKey().getBytes(StandardCharsets.UTF_8), old);
            int at = find(footer, pair, 0);
            if (value.length != old.length
                    || old.length > SHORT
                    || label.getKey().length() > SHORT
                    || at < 0
                    || find(footer, pair, at + 1) >= 0) {
                return false;
            }
            System.arraycopy(value, 0, footer, at + pair.length - value.length, value.length);
        }
        return true;
    }

    private static byte[] pair(byte[] key, byte[] value) {
        ByteArrayOutputStream pair = new ByteArrayOutputStream();
        for (byte[] part : new byte[][] {key, value}) {
            pair.write(BINARY_FIELD);
            pair.write(part.length);
            pair.writeBytes(part);
        }
        return pair.toByteArray();
    }

    private static int find(byte[] bytes, byte[] wanted, int start) {
        for (int at = start; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
