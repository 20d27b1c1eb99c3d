package smew.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Unpacks a tar stream that somebody else wrote, plain files and folders only, into one folder and nowhere else.
 *
 * @param mostFiles how many it may hold
 * @param mostBytes how large these may be together
 */
record TarReader(int mostFiles, long mostBytes) {

    private static final int BLOCK = TarWriter.BLOCK;
    private static final int BUFFER = 1 << 16;

    /** Reads to the end of the archive. */
    void extract(InputStream in, Path folder) throws IOException {
        int files = 0;
        long bytes = 0;
        for (byte[] header = header(in); !isEnd(header); header = header(in)) {
            long size = octal(header, 124, 12);
            String name = text(header, 345, 155) + (header[345] == 0 ? "" : "/") + text(header, 0, 100);
            switch (header[156]) {
                case '0', 0 -> {
                    files++;
                    bytes += size;
                    if (files > mostFiles || bytes > mostBytes) {
                        throw new IOException("it holds more than " + mostFiles + " files or " + mostBytes + " bytes");
                    }
                    write(in, inside(folder, name), size);
                }
                case '5' -> Files.createDirectories(inside(folder, name));
                // What extended headers say (times, owners) does not matter here.
                case 'x', 'g' -> skip(in, size);
                default -> throw new IOException("'" + name + "' is neither a file nor a folder");
            }
            skip(in, TarWriter.padding(size));
        }
    }

    private static void skip(InputStream in, long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException end) {
            throw new IOException("it ends in the middle", end);
        }
    }

    private static byte[] header(InputStream in) throws IOException {
        byte[] header = in.readNBytes(BLOCK);
        if (header.length < BLOCK) {
            throw new EOFException("it ends in the middle");
        }
        if (!isEnd(header) && octal(header, 148, 8) != TarWriter.sum(header)) {
            throw new IOException("it is damaged, or no tar archive");
        }
        return header;
    }

    private static boolean isEnd(byte[] header) {
        return Arrays.equals(header, new byte[BLOCK]);
    }

    /** Refuses names that lead out of the folder. */
    private static Path inside(Path folder, String name) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        Path path = root.resolve(name).normalize();
        boolean plain = !name.isEmpty() && !name.startsWith("/") && !name.contains("\\") && !name.contains(":");
        if (!plain || !path.startsWith(root) || Arrays.asList(name.split("/")).contains("..")) {
            throw new IOException("'" + name + "' leads out of the folder");
        }
        return path;
    }

    private static void write(InputStream in, Path file, long size) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("it ends in the middle");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, UTF_8);
    }

    private static long octal(byte[] header, int at, int length) throws IOException {
        String digits = text(header, at, length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("it is damaged, or no tar archive");
        }
        return Long.parseLong(digits, 8);
    }
}
