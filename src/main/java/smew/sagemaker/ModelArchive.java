package smew.sagemaker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * {@code model.tar.gz}: a model's folder as SageMaker takes and gives it, its files at the top.
 *
 * @param file on this machine
 * @param digest SHA-256 of its bytes
 */
public record ModelArchive(Path file, String digest) {

    /** As SageMaker names it. */
    public static final String NAME = "model.tar.gz";

    private static final TarReader READER = new TarReader(100, 10L << 30);

    /**
     * Packs the files of a model; the same files give the same bytes.
     *
     * @param target to be made
     * @throws SmewException OUTSIDE when the file system refuses
     */
    public static ModelArchive pack(Path model, Path target) {
        try (Stream<Path> found = Files.list(model);
                TarWriter tar = new TarWriter(new GZIPOutputStream(opened(target)))) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                tar.file(file.getFileName().toString(), file);
            }
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Packing " + model + " into " + target + ": " + failed + ". Free some disk.",
                    failed);
        }
        return of(target);
    }

    private static OutputStream opened(Path target) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(target));
    }

    private static ModelArchive of(Path file) {
        try {
            return new ModelArchive(file, Digest.of(file));
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Reading " + file + ": " + failed + ".", failed);
        }
    }

    /**
     * Unpacks what a job left. Names that lead elsewhere, links, and archives that swell are refused.
     *
     * @param address what a person calls the archive
     * @param folder to be filled
     * @throws SmewException DATA when it is damaged or not to be trusted
     */
    public static ModelArchive unpack(String address, Path archive, Path folder) {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            Files.createDirectories(folder);
            READER.extract(in, folder);
        } catch (IOException refused) {
            throw new SmewException(
                    Fault.DATA,
                    "Unpacking " + address + ": " + refused.getMessage()
                            + ". Expected a model.tar.gz that smew train left; train again.",
                    refused);
        }
        return of(archive);
    }

    /** Bytes of the file. */
    public long bytes() {
        try {
            return Files.size(file);
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Reading " + file + ": " + failed + ".", failed);
        }
    }
}
