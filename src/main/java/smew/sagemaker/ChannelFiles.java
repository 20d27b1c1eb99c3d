package smew.sagemaker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * The files of a channel.
 *
 * @param files sorted by path, at least one
 */
record ChannelFiles(Channel channel, Channel.Format format, List<Path> files) {

    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Finds them in the channel's folder and the folders in it. What comes through a pipe is written into a file first, because
     * DuckDB reads a file more than once.
     *
     * @param scratch a folder for that file
     * @throws SmewException CONFIGURATION when the channel cannot be read so, DATA when there is no file
     */
    static ChannelFiles of(Channel channel, Path scratch) {
        if (channel.pipe().isPresent()) {
            return piped(channel, channel.pipe().get(), scratch);
        }
        List<Path> files = list(channel);
        Channel.Format format = channel.format().orElseGet(() -> named(channel, files));
        return new ChannelFiles(channel, format, files);
    }

    private static List<Path> list(Channel channel) {
        Path folder = channel.folder();
        List<Path> files = List.of();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                files = tree.filter(Files::isRegularFile)
                        .filter(file -> !isMarker(folder.relativize(file)))
                        .sorted()
                        .toList();
            } catch (IOException failed) {
                throw ContainerFiles.failure("Listing", folder, failed);
            }
        }
        if (files.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading channel " + channel.name() + ": there is no file in " + folder
                            + ", expected CSV or Parquet. Check the job's S3Uri.");
        }
        return files;
    }

    /** What other tools leave beside their data: {@code _SUCCESS}, {@code .part-0.crc}. */
    private static boolean isMarker(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith("_") || part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static Channel.Format named(Channel channel, List<Path> files) {
        List<Boolean> kinds =
                files.stream().map(file -> isParquet(channel, file)).distinct().toList();
        if (kinds.size() > 1) {
            throw channel.refused("holds CSV and Parquet files together, expected one kind of file.");
        }
        return kinds.getFirst() ? new Channel.Format.Parquet() : new Channel.Format.Csv(true, false);
    }

    private static boolean isParquet(Channel channel, Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet") || name.endsWith(".pq")) {
            return true;
        }
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return false;
        }
        throw channel.refused("has no content type, and the name of " + file
                + " does not tell what it is; expected ContentType text/csv or application/x-parquet, or names that end with"
                + " .csv, .csv.gz or .parquet.");
    }

    private static ChannelFiles piped(Channel channel, Path pipe, Path scratch) {
        Channel.Format format = channel.format().orElseGet(() -> new Channel.Format.Csv(true, false));
        if (!(format instanceof Channel.Format.Csv csv)) {
            throw channel.refused(
                    "comes through a pipe as Parquet, which is read from its end; expected TrainingInputMode File or"
                            + " FastFile.");
        }
        if (!Files.exists(pipe)) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading channel " + channel.name() + ": there is no pipe " + pipe
                            + ", which TrainingInputMode Pipe promises.");
        }
        Path copy = scratch.resolve(channel.name() + ".csv");
        try (InputStream in = plain(Files.newInputStream(pipe));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), 1 << 16)) {
            if (csv.header()) {
                copyWithOneHeader(in, out);
            } else {
                in.transferTo(out);
            }
        } catch (IOException failed) {
            throw ContainerFiles.failure("Copying", pipe, failed);
        }
        return new ChannelFiles(channel, format, List.of(copy));
    }

    /** A pipe carries one file behind the other, each with its header: a line like the first one is no row. */
    private static void copyWithOneHeader(InputStream in, OutputStream out) throws IOException {
        byte[] header = {};
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean more = true;
        while (more) {
            int next = in.read();
            more = next >= 0;
            if (more) {
                line.write(next);
            }
            if (next == '\n' || !more) {
                byte[] bytes = line.toByteArray();
                if (header.length == 0) {
                    header = bytes;
                    out.write(bytes);
                } else if (!Arrays.equals(bytes, header)) {
                    out.write(bytes);
                }
                line.reset();
            }
        }
    }

    private static InputStream plain(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        return isGzip(in) ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    }

    private static boolean isGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC;
    }

    /**
     * Whether every file is gzipped, whatever its name says.
     *
     * @throws SmewException CONFIGURATION when some are, and their names do not say so: DuckDB goes by the names then
     */
    boolean gzipped() {
        List<Path> zipped = files.stream().filter(ChannelFiles::isGzip).toList();
        boolean all = zipped.size() == files.size();
        for (Path file : zipped) {
            if (!all && !file.toString().endsWith(".gz")) {
                throw channel.refused("holds " + file
                        + ", which is gzipped, among files that are not; expected a name that" + " ends with .gz.");
            }
        }
        return all;
    }

    private static boolean isGzip(Path file) {
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 16)) {
            return isGzip(in);
        } catch (IOException failed) {
            throw ContainerFiles.failure("Reading", file, failed);
        }
    }
}
