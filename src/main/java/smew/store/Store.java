package smew.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import smew.aws.AwsLibrary;
import smew.base.Content;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Where outputs live: a folder, or a prefix of an S3 bucket, with the same layout. Keys are relative paths with slashes. Any
 * number of threads and processes may read; who writes holds a {@link Writer}. Failures of the file system or of S3 are
 * OUTSIDE faults that name the file.
 */
public sealed interface Store extends AutoCloseable permits FolderStore, S3Store {

    /**
     * Opens a store; nothing is created before something is written.
     *
     * @throws SmewException CONFIGURATION when the location is no folder and no bucket, or AWS has no region
     */
    static Store open(StoreSettings settings) {
        if (S3Location.isOne(settings.location())) {
            AwsLibrary.open();
            return S3Store.open(settings);
        }
        return FolderStore.open(settings.location());
    }

    /** What a person calls this store. */
    String location();

    /** What a person calls a key, whether it exists or not: a path, or an address in S3. */
    String where(String key);

    /** The bytes of a key. */
    Optional<byte[]> read(String key);

    /** Whether a key has a value. */
    boolean holds(String key);

    /** The names directly below a prefix, sorted; empty where there is none. */
    List<String> list(String prefix);

    /**
     * A file of this machine with the content of a key: its own, or a copy that stays until {@link #forget} or {@link #close}.
     *
     * @param shelf where copies lie that go together: whoever needs them for a while has a shelf of their own
     * @param content what it must be
     * @return empty where the key has no value, or another one
     */
    Optional<Path> file(String shelf, String key, Content content);

    /** Says that the copies of a shelf are not needed on this machine any more. */
    void forget(String shelf);

    /**
     * Keeps a copy of a file beside what a head points at, without being its writer. Nobody else gives the key another content, and
     * a reader sees all of it or none.
     */
    void keep(Path file, String key);

    /** Gives a key that nobody else writes this content in place of what it had; whoever opens it sees one of the two, and all of it. */
    void replace(Path file, String key);

    /** Deletes what was kept beside what a head points at; what is gone is deleted already. */
    void drop(List<String> keys);

    /**
     * Begins to write.
     *
     * @param head the key that {@link Writer#point} will replace
     * @throws SmewException NOT_READY when another run holds a store that only one may hold
     */
    Writer write(String head);

    /** Deletes the copies on this machine and ends connections; what is stored stays. */
    @Override
    void close();

    /**
     * What to say when the file system refused a file of a store.
     *
     * @param doing such as {@code Writing}
     */
    static SmewException failure(String doing, Path path, IOException failed) {
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
