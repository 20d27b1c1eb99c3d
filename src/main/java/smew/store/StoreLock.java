package smew.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/** The right to write into a store. The operating system gives it back when the process dies, however it dies. */
public final class StoreLock implements AutoCloseable {

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    static StoreLock take(Path folder) {
        Path file = folder.resolve(".lock");
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw Store.failure("Locking", file, failed);
        }
        try {
            if (tryLock(channel) != null) {
                return new StoreLock(channel);
            }
            channel.close();
        } catch (IOException failed) {
            throw Store.failure("Locking", file, failed);
        }
        throw new SmewException(
                Fault.NOT_READY,
                "Locking the store " + folder
                        + ": another run is writing to it. Wait until it has ended, or give --store"
                        + " another folder.");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing was written through this channel: there is nothing to lose.
            return;
        }
    }
}
