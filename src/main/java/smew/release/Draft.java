package smew.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import smew.base.Json;
import smew.base.SmewException;
import smew.store.FolderWriter;
import smew.store.Store;
import smew.store.Writer;

/**
 * A release under way: a folder of this machine to write into that nobody reads, and the right to write into the store.
 * Closing a draft that was not published deletes it and leaves the store as it was.
 */
public final class Draft implements ReleaseFolder, AutoCloseable {

    private final Writer writer;
    private final ReleaseId id;
    private final Instant created;
    private final Path directory;
    private final Path scratch;
    private boolean published;

    Draft(Writer writer, ReleaseId id, Instant created, Path directory, Path scratch) {
        this.writer = writer;
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

    @Override
    public Path directory() {
        return directory;
    }

    /** A folder on the same disk for what is needed only until the draft is closed. */
    public Path scratch() {
        return scratch;
    }

    @Override
    public void writing(Path file) {
        writer.writing(file, key(file));
    }

    @Override
    public void written(Path file) {
        writer.written(file, key(file));
    }

    private String key(Path file) {
        return Releases.key(id, relative(file));
    }

    /** Every file written so far, by path. */
    public List<Output> outputs() {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).sorted().map(this::output).toList();
        } catch (IOException failed) {
            throw Store.failure("Listing", directory, failed);
        }
    }

    /** One file of the folder. */
    public Output output(Path file) {
        try {
            return Output.of(relative(file), file);
        } catch (IOException failed) {
            throw Store.failure("Reading", file, failed);
        }
    }

    private String relative(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Publishes: the files get their names, release.json last, then the warehouse of a folder is replaced, and CURRENT is
     * written at the end. Killed before that, the old release stays current. It stays so, too, where the manifest says that a
     * gate holds this one back: then it is a release among others, that somebody may make current later.
     *
     * @param warehouse the finished warehouse file, outside of {@link #directory}; empty where the store keeps none
     * @throws SmewException NOT_READY when another run published meanwhile
     */
    public void publish(Manifest manifest, Optional<Path> warehouse) {
        Path file = directory.resolve(Releases.MANIFEST);
        try {
            Files.writeString(file, Json.pretty(manifest));
        } catch (IOException failed) {
            throw Store.failure("Writing", file, failed);
        }
        writer.publish(directory, Releases.key(id, ""), Releases.MANIFEST);
        if (manifest.held()) {
            writer.keep();
        } else {
            if (writer instanceof FolderWriter folder) {
                warehouse.ifPresent(finished -> folder.replace(finished, Warehouse.FILE));
            }
            writer.point(Releases.pointer(id));
        }
        published = true;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (SmewException failed) {
            // What is published stays published; the next writer clears what is left.
            if (!published) {
                throw failed;
            }
        }
    }
}
