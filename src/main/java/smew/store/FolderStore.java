package smew.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import smew.base.Content;
import smew.base.Fault;
import smew.base.SmewException;

/** A folder of this machine. Writers hold its {@link StoreLock}. */
public final class FolderStore implements Store {

    private final Path folder;

    private FolderStore(Path folder) {
        this.folder = folder;
    }

    static FolderStore open(String location) {
        Path folder = Path.of(location).toAbsolutePath().normalize();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Opening the store " + folder + ": it is a file, expected a folder. Give --store another place.");
        }
        return new FolderStore(folder);
    }

    @Override
    public String location() {
        return folder.toString();
    }

    @Override
    public String where(String key) {
        return path(key).toString();
    }

    /** Where the file of a key is, whether it exists or not. */
    public Path path(String key) {
        return folder.resolve(key);
    }

    @Override
    public boolean holds(String key) {
        return Files.exists(path(key));
    }

    @Override
    public Optional<Path> file(String shelf, String key, Content content) {
        Path file = path(key);
        try {
            return content.isOf(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException failed) {
            throw Store.failure("Checking", file, failed);
        }
    }

    @Override
    public void forget(String shelf) {}

    @Override
    public void close() {}

    @Override
    public void keep(Path file, String key) {
        replace(file, key);
    }

    /** Not through the staging folder: whoever takes the lock clears that. */
    @Override
    public void replace(Path file, String key) {
        Path aside = path(key + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(aside.getParent());
            Files.copy(file, aside);
            move(aside, key);
        } catch (IOException failed) {
            throw Store.failure("Writing", aside, failed);
        } finally {
            delete(aside);
        }
    }

    @Override
    public void drop(List<String> keys) {
        keys.forEach(key -> delete(path(key)));
    }

    @Override
    public FolderWriter write(String head) {
        return new FolderWriter(this, lock(), head);
    }

    @Override
    public Optional<byte[]> read(String key) {
        try {
            return Optional.of(Files.readAllBytes(path(key)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw Store.failure("Reading", path(key), failed);
        }
    }

    @Override
    public List<String> list(String prefix) {
        try (Stream<Path> children = Files.list(path(prefix))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        } catch (IOException failed) {
            throw Store.failure("Listing", path(prefix), failed);
        }
    }

    /** Writes bytes aside and renames them: a reader sees all of the old or all of the new. */
    void replace(String key, byte[] bytes) {
        Path aside = path(key + ".new");
        try {
            Files.createDirectories(folder);
            Files.write(aside, bytes);
        } catch (IOException failed) {
            throw Store.failure("Writing", aside, failed);
        }
        move(aside, key);
    }

    /** Renames a finished file or folder, on the same disk, to a key; a file that has the key already is replaced. */
    void move(Path finished, String key) {
        Path target = path(key);
        try {
            force(finished);
            Files.createDirectories(target.getParent());
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unsupported) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Publishing " + target
                            + ": this file system cannot rename atomically. Keep the store on a local disk.",
                    unsupported);
        } catch (IOException failed) {
            throw Store.failure("Publishing", target, failed);
        }
    }

    /** Renames something below the store, so that its old name is gone at once. */
    void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw Store.failure("Deleting", from, failed);
        }
    }

    /** Makes a new folder for work in progress; the next writer deletes what a killed one left there. */
    Path staging(String name) {
        Path staging = path(".staging").resolve(name);
        try {
            Files.createDirectories(staging);
        } catch (IOException failed) {
            throw Store.failure("Creating", staging, failed);
        }
        return staging;
    }

    /** Deletes all work in progress. */
    void clearStaging() {
        delete(path(".staging"));
    }

    /** Deletes a file, or a folder with all in it; what is absent is deleted already. */
    static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException absent) {
            return;
        } catch (UncheckedIOException failed) {
            if (failed.getCause() instanceof NoSuchFileException) {
                // Another process deletes the same.
                return;
            }
            throw Store.failure("Deleting", root, new IOException(failed.getMessage(), failed));
        } catch (IOException failed) {
            throw Store.failure("Deleting", root, failed);
        }
    }

    /**
     * Makes this process the one writer until the lock is closed, and clears what a killed writer left in staging.
     *
     * @throws SmewException NOT_READY when another run holds the store
     */
    private StoreLock lock() {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw Store.failure("Creating the store", folder, failed);
        }
        StoreLock lock = StoreLock.take(folder);
        try {
            clearStaging();
        } catch (SmewException failed) {
            lock.close();
            throw failed;
        }
        return lock;
    }

    /** Bytes reach the disk before a name points to them, so that a power cut leaves no empty file behind a name. */
    private static void force(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }
}
