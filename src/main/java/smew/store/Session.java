package smew.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import smew.base.SmewException;

/**
 * The files that one process needs while it works with a remote store, in a folder of its own. The process holds a lock beside
 * it, which the operating system takes back however the process dies: what a killed one left is deleted by the next one.
 */
final class Session implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel lock;
    private final Thread whenEnded = new Thread(this::clear, "smew-session");

    private Session(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static Session open(Path cache) {
        Path sessions = cache.resolve("sessions");
        try {
            Files.createDirectories(sessions);
            left(sessions).forEach(Session::deleteLeft);
            Session session = create(sessions);
            Runtime.getRuntime().addShutdownHook(session.whenEnded);
            return session;
        } catch (IOException failed) {
            throw Copies.failure("Working in", sessions, failed);
        }
    }

    private static Session create(Path sessions) throws IOException {
        while (true) {
            Path folder = sessions.resolve(mine() + UUID.randomUUID());
            Path file = beside(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                hold(channel);
                // Between making and locking it, another process may have taken it for one that was left.
                if (Files.exists(file)) {
                    Files.createDirectory(folder);
                    return new Session(folder, channel);
                }
                channel.close();
            } catch (IOException failed) {
                channel.close();
                throw failed;
            }
        }
    }

    /** Where a file system has no locks nobody can take one away either: what a killed process leaves stays there. */
    private static void hold(FileChannel channel) {
        try {
            channel.tryLock();
        } catch (IOException noLocks) {
            return;
        }
    }

    Path folder() {
        return folder;
    }

    /** Sessions of other processes; a process must not even open the lock that it holds, for closing it would give it back. */
    private static List<Path> left(Path sessions) throws IOException {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(sessions, "*" + LOCK)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(mine())) {
                    others.add(sessions.resolve(name.substring(0, name.length() - LOCK.length())));
                }
            }
        }
        return others;
    }

    /** What belongs to another user, or to a process that lives, stays. */
    private static void deleteLeft(Path folder) {
        Path file = beside(folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                FolderStore.delete(folder);
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException | SmewException deletedOrForbidden) {
            return;
        }
    }

    private static Path beside(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /** A number is given to another process some day, but not with the same start. */
    private static String mine() {
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + start + "-";
    }

    /** Nobody waits for what could not be deleted: the next process tries again. */
    private void clear() {
        try {
            FolderStore.delete(folder);
            lock.close();
            Files.deleteIfExists(beside(folder));
        } catch (IOException | SmewException left) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(whenEnded);
        } catch (IllegalStateException ending) {
            return;
        }
        clear();
    }
}
