package smew.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files that one process needs while it works with a remote store. Its name says which process: what a killed one left is
 * deleted by the next one on the same machine.
 */
final class Session implements AutoCloseable {

    private final Path folder;

    private Session(Path folder) {
        this.folder = folder;
    }

    static Session open(Path cache) {
        Path sessions = cache.resolve("sessions");
        try {
            Files.createDirectories(sessions);
            try (Stream<Path> all = Files.list(sessions)) {
                all.filter(Session::isLeft).forEach(FolderStore::delete);
            }
            Path folder = sessions.resolve(owner(ProcessHandle.current()) + "." + UUID.randomUUID());
            return new Session(Files.createDirectory(folder));
        } catch (IOException failed) {
            throw Store.failure("Working in", sessions, failed);
        }
    }

    Path folder() {
        return folder;
    }

    private static boolean isLeft(Path session) {
        String[] parts = session.getFileName().toString().split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(host())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
        return process.isEmpty() || !owner(process.get()).equals(parts[0] + "." + parts[1] + "." + parts[2]);
    }

    /** A number is given to another process some day, but not with the same start. */
    private static String owner(ProcessHandle process) {
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return host() + "." + process.pid() + "." + start;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
        } catch (IOException nameless) {
            return "localhost";
        }
    }

    @Override
    public void close() {
        FolderStore.delete(folder);
    }
}
