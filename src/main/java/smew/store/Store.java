package smew.store;

import java.io.IOException;
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
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * A folder in which outputs live. Keys are relative paths with slashes. Failures of the file system are OUTSIDE faults that
 * name the file. Any number of threads and processes may read; writers hold the {@link #lock}.
 */
public final class Store {

    private final Path folder;

    private Store(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a store; nothing is created before something is written.
     *
     * @param location a folder, as the user wrote it
     * @throws SmewException CONFIGURATION when the location is no folder
     */
    public static Store open(String location) {
        Path folder = Path.of(location).toAbsolutePath().normalize();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Opening the store " + folder + ": it is a file, expected a folder. Give --store another place.");
        }
        return new Store(folder);
    }

    /** What a person calls this store. */
    public String location() {
        return folder.toString();
    }

    /** Where the file of a key is, whether it exists or not. */
    public Path path(String key) {
        return folder.resolve(key);
    }

    /** The bytes of a key. */
    public Optional<byte[]> read(String key) {
        try {
            return Optional.of(Files.readAllBytes(path(key)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw failure("Reading", path(key), failed);
        }
    }

    /** The names directly below a prefix, sorted; empty where there is none. */
    public List<String> list(String prefix) {
        try (Stream<Path> children = Files.list(path(prefix))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        } catch (IOException failed) {
            throw failure("Listing", path(prefix), failed);
        }
    }

    /** Writes bytes aside and renames them: a reader sees all of the old or all of the new. */
    public void replace(String key, byte[] bytes) {
        Path aside = path(key + ".new");
        try {
            Files.createDirectories(folder);
            Files.write(aside, bytes);
        } catch (IOException failed) {
            throw failure("Writing", aside, failed);
        }
        move(aside, key);
    }

    /** Renames a finished file or folder, on the same disk, to a key; a file that has the key already is replaced. */
    public void move(Path finished, String key) {
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
            throw failure("Publishing", target, failed);
        }
    }

    /** Makes a new folder for work in progress; the next writer deletes what a killed one left there. */
    public Path staging(String name) {
        Path staging = path(".staging").resolve(name);
        try {
            Files.createDirectories(staging);
        } catch (IOException failed) {
            throw failure("Creating", staging, failed);
        }
        return staging;
    }

    /** Deletes all work in progress. */
    public void clearStaging() {
        delete(path(".staging"));
    }

    private void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException absent) {
            return;
        } catch (IOException failed) {
            throw failure("Deleting", root, failed);
        }
    }

    /**
     * Makes this process the one writer until the lock is closed, and clears what a killed writer left in staging.
     *
     * @throws SmewException NOT_READY when another run holds the store
     */
    public StoreLock lock() {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw failure("Creating the store", folder, failed);
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

    /**
     * What to say when the file system refused a file of a store.
     *
     * @param doing such as {@code Writing}
     */
    public static SmewException failure(String doing, Path path, IOException failed) {
        String found = failed.getMessage() == null || failed.getMessage().equals(path.toString())
                ? failed.getClass().getSimpleName()
                : failed.getMessage();
        return new SmewException(
                Fault.OUTSIDE,
                doing + " " + path + ": the file system refused (" + found
                        + "). Check that the folder exists, is writable and has space, or give --store another one.",
                failed);
    }
}
