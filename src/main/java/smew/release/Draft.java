package smew.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import smew.base.Digest;
import smew.base.Json;
import smew.base.SmewException;
import smew.store.Store;
import smew.store.StoreLock;

/**
 * A release under way: a folder to write into that nobody reads, and the lock on the store. Closing a draft that was not
 * published deletes it and leaves the store as it was.
 */
public final class Draft implements AutoCloseable {

    private final Store store;
    private final StoreLock lock;
    private final ReleaseId id;
    private final Instant created;
    private final Path directory;
    private final Path scratch;
    private boolean published;

    Draft(Store store, StoreLock lock, ReleaseId id, Instant created, Path directory, Path scratch) {
        this.store = store;
        this.lock = lock;
        this.id = id;
        this.created = created;
        this.directory = directory;
        this.scratch = scratch;
    }

    public ReleaseId id() {
        return id;
    }

    /** When the release was begun. */
    public Instant created() {
        return created;
    }

    /** The folder that becomes {@code releases/ID}. */
    public Path directory() {
        return directory;
    }

    /** A folder on the same disk for what is needed only until the draft is closed. */
    public Path scratch() {
        return scratch;
    }

    /** Every file written so far, by path. */
    public List<Manifest.Output> outputs() {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).sorted().map(this::output).toList();
        } catch (IOException failed) {
            throw Store.failure("Listing", directory, failed);
        }
    }

    /** One file of the folder. */
    public Manifest.Output output(Path file) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        try {
            return new Manifest.Output(path, Files.size(file), Digest.of(file));
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
        }
    }

    /**
     * Publishes: the folder gets its name, then the warehouse is replaced, and CURRENT is written last. Killed before that,
     * the old release stays current.
     *
     * @param warehouse the finished warehouse file, outside of {@link #directory}
     */
    public void publish(Manifest manifest, Path warehouse) {
        Path file = directory.resolve(Releases.MANIFEST);
        try {
            Files.writeString(file, Json.pretty(manifest));
        } catch (IOException failed) {
            throw Store.failure("Writing", file, failed);
        }
        store.move(directory, "releases/" + id);
        store.move(warehouse, Warehouse.FILE);
        store.replace(Releases.CURRENT, (id + "\n").getBytes(StandardCharsets.UTF_8));
        published = true;
    }

    @Override
    public void close() {
        try {
            store.clearStaging();
        } catch (SmewException failed) {
            // What is published stays published; the next writer clears what is left.
            if (!published) {
                throw failed;
            }
        } finally {
            lock.close();
        }
    }
}
