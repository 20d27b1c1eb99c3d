package smew.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import smew.base.SmewException;

/**
 * Writes into a store. Work in progress lies in folders of this machine that nobody else reads. Closing a writer deletes what
 * it did not publish. For one thread at a time.
 */
public sealed interface Writer extends AutoCloseable permits FolderWriter, S3Writer {

    /** Makes a new folder for work in progress, on the disk of a folder store. */
    Path folder(String name);

    /**
     * Says below which prefix files will be written.
     *
     * @throws SmewException NOT_READY, from the first file on, when another writer said the same
     */
    void claim(String prefix);

    /** Says that a file is being written, from its start to its end, which will get a key: a store may take it meanwhile. */
    void writing(Path file, String key);

    /** Says that a file is complete. */
    void written(Path file, String key);

    /**
     * Gives all files of a finished folder their keys.
     *
     * @param prefix of the keys; nothing has it yet
     * @param last the one file, relative to the folder, without which the others mean nothing
     */
    void publish(Path folder, String prefix, String last);

    /**
     * Replaces the head, which readers go by, all at once. What was published is whole by then.
     *
     * @throws SmewException NOT_READY when somebody else replaced the head since this writer began
     */
    void point(byte[] bytes);

    /**
     * Leaves the head as it is, and what was published beside it.
     *
     * @throws SmewException NOT_READY when the process is being ended, which takes it back
     */
    void keep();

    /**
     * Deletes all keys below a prefix.
     *
     * @param first the one without which the others mean nothing: it goes first
     * @param wanted asked once more when that is gone: if somebody began to use it, it is put back and all stays
     * @return whether it was deleted
     */
    boolean delete(String prefix, String first, BooleanSupplier wanted);

    /** Ends what writers that died before a moment left under way. */
    void sweep(Instant before);

    @Override
    void close();
}
