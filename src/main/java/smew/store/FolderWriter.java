package smew.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The one writer of a folder; work in progress lies in {@code .staging}, on the same disk. */
public final class FolderWriter implements Writer {

    private final FolderStore store;
    private final StoreLock lock;
    private final String head;

    FolderWriter(FolderStore store, StoreLock lock, String head) {
        this.store = store;
        this.lock = lock;
        this.head = head;
    }

    @Override
    public Path folder(String name) {
        return store.staging(name);
    }

    /** The lock says it already. */
    @Override
    public void claim(String prefix) {}

    @Override
    public void writing(Path file, String key) {}

    @Override
    public void written(Path file, String key) {}

    @Override
    public void publish(Path folder, String prefix, String last) {
        store.move(folder, prefix);
    }

    /** Gives a finished file of this disk its key, in place of the one that has it. */
    public void replace(Path finished, String key) {
        store.move(finished, key);
    }

    @Override
    public void point(byte[] bytes) {
        store.replace(head, bytes);
    }

    /** What has its name is nobody's work in progress any more. */
    @Override
    public void keep() {}

    /** Takes the name away before the files, so that readers see all or nothing; nobody else can begin to use it meanwhile. */
    @Override
    public boolean delete(String prefix, String first, BooleanSupplier wanted) {
        Path aside = folder("deleted").resolve(store.path(prefix).getFileName().toString());
        store.rename(store.path(prefix), aside);
        FolderStore.delete(aside);
        return true;
    }

    /** Whoever locks the store clears what the last writer left. */
    @Override
    public void sweep(Instant before) {}

    @Override
    public void close() {
        try {
            store.clearStaging();
        } finally {
            lock.close();
        }
    }
}
