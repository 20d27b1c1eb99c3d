package smew.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import smew.base.Content;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Copies of remote files on this machine, shared by all processes of a user and bounded in size. A user of a copy gets a
 * link of its own to it, which stays whatever is deleted here. The name of a copy ends with its CRC-32C: one that was damaged
 * since, by a disk or by a program, is fetched again.
 */
final class Copies {

    private static final int SCANS = 20;

    private final Path folder;
    private final long limitBytes;

    /** How much may be added before all copies are counted again: each count looks at all of them. */
    private final AtomicLong uncounted = new AtomicLong();

    Copies(Path folder, long limitBytes) {
        this.folder = folder.resolve("objects");
        this.limitBytes = limitBytes;
    }

    /** What to say when the file system refused a copy. */
    static SmewException failure(String doing, Path path, IOException failed) {
        return new SmewException(
                Fault.OUTSIDE,
                doing + " " + path + ": the file system refused a copy of what lies on S3 ("
                        + (failed.getMessage() == null || failed.getMessage().equals(path.toString())
                                ? failed.getClass().getSimpleName()
                                : failed.getMessage())
                        + "). Give --cache a folder that is writable and has space.",
                failed);
    }

    /**
     * Links a copy to a new path, made if there is none.
     *
     * @param identity what tells this content from any other
     * @param bytes how large it is
     * @param load writes the content into a new file
     */
    void link(String identity, long bytes, Path target, Consumer<Path> load) {
        String name = Digest.of(identity);
        try {
            Files.createDirectories(target.getParent());
            Files.createDirectories(folder);
            Files.deleteIfExists(target);
            for (Path copy : of(name)) {
                if (isWhole(copy, bytes) && linked(copy, target)) {
                    touch(copy);
                    return;
                }
                Files.deleteIfExists(copy);
            }
            Path fresh = folder.resolve(UUID.randomUUID() + ".part");
            try {
                load.accept(fresh);
                // Linked before it gets its name: then it may be deleted at once.
                if (!linked(fresh, target)) {
                    throw new IOException("the copy vanished at once");
                }
                keep(fresh, folder.resolve(name + "." + Content.crc32c(fresh)));
            } finally {
                Files.deleteIfExists(fresh);
            }
            shrink(bytes);
        } catch (IOException failed) {
            throw failure("Keeping", target, failed);
        }
    }

    /** Whether there is a copy. */
    boolean has(String identity, long bytes) {
        try {
            return of(Digest.of(identity)).stream().anyMatch(copy -> isWhole(copy, bytes));
        } catch (IOException none) {
            return false;
        }
    }

    /** Bytes reach the disk before the name, so that a power cut leaves no empty copy. */
    private static void keep(Path fresh, Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes a copy that is not what it should be. */
    void drop(String identity) {
        try {
            for (Path copy : of(Digest.of(identity))) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException failed) {
            throw failure("Deleting", folder, failed);
        }
    }

    private List<Path> of(String name) throws IOException {
        List<Path> copies = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name + ".*")) {
            found.forEach(copies::add);
        }
        return copies;
    }

    private static boolean isWhole(Path copy, long bytes) {
        try {
            return Files.isRegularFile(copy)
                    && Files.size(copy) == bytes
                    && copy.getFileName().toString().endsWith("." + Content.crc32c(copy));
        } catch (IOException deletedOrUnreadable) {
            return false;
        }
    }

    /** The oldest are deleted first; a copy that another process deleted meanwhile needs no time. */
    private static void touch(Path copy) {
        try {
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
        } catch (IOException deleted) {
            return;
        }
    }

    private static boolean linked(Path copy, Path target) throws IOException {
        try {
            Files.createLink(target, copy);
            return true;
        } catch (FileAlreadyExistsException twice) {
            throw twice;
        } catch (UnsupportedOperationException | IOException noLinks) {
            if (!Files.exists(copy)) {
                return false;
            }
            Files.copy(copy, target);
            return true;
        }
    }

    /** One copy as it was found. */
    private record Found(Path file, long bytes, FileTime used) {}

    /** Empty where somebody deleted it meanwhile. */
    private static Optional<Found> found(Path file) {
        try {
            return Optional.of(new Found(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (IOException deleted) {
            return Optional.empty();
        }
    }

    private void shrink(long added) throws IOException {
        if (uncounted.addAndGet(-added) > 0) {
            return;
        }
        List<Found> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> found(file).ifPresent(all::add));
        }
        long sum = all.stream().mapToLong(Found::bytes).sum();
        all.sort(Comparator.comparing(Found::used));
        for (Found found : all) {
            boolean leftover = found.file().toString().endsWith(".part");
            boolean old = found.used().toInstant().isBefore(Instant.now().minusSeconds(24 * 3600));
            if (leftover ? old : sum > limitBytes) {
                Files.deleteIfExists(found.file());
                sum -= found.bytes();
            }
        }
        uncounted.set(Math.max(0, Math.min(limitBytes - sum, limitBytes / SCANS)));
    }
}
