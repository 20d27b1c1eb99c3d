package smew.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import smew.base.Digest;

/**
 * Copies of remote files on this machine, shared by all processes of a user and bounded in size. A user of a copy gets a
 * link of its own to it, which stays whatever is deleted here.
 */
final class Copies {

    private final Path folder;
    private final long limitBytes;

    Copies(Path folder, long limitBytes) {
        this.folder = folder.resolve("objects");
        this.limitBytes = limitBytes;
    }

    /**
     * Links a copy to a new path, made if there is none.
     *
     * @param identity what tells this content from any other
     * @param bytes how large it is
     * @param load writes the content into a new file
     */
    void link(String identity, long bytes, Path target, Consumer<Path> load) {
        Path copy = folder.resolve(Digest.of(identity));
        try {
            Files.createDirectories(target.getParent());
            Files.createDirectories(folder);
            Files.deleteIfExists(target);
            if (isWhole(copy, bytes) && linked(copy, target)) {
                Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
                return;
            }
            Path fresh = folder.resolve(UUID.randomUUID() + ".part");
            try {
                load.accept(fresh);
                Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            if (!linked(copy, target)) {
                throw new IOException("the copy vanished at once");
            }
            shrink();
        } catch (IOException failed) {
            throw Store.failure("Keeping a copy in", copy, failed);
        }
    }

    /** Whether there is a copy. */
    boolean has(String identity, long bytes) {
        try {
            return isWhole(folder.resolve(Digest.of(identity)), bytes);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Deletes a copy that is not what it should be. */
    void drop(String identity) {
        try {
            Files.deleteIfExists(folder.resolve(Digest.of(identity)));
        } catch (IOException failed) {
            throw Store.failure("Deleting", folder, failed);
        }
    }

    private static boolean isWhole(Path copy, long bytes) throws IOException {
        return Files.isRegularFile(copy) && Files.size(copy) == bytes;
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

    private void shrink() throws IOException {
        List<Found> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
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
    }
}
