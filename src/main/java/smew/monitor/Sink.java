package smew.monitor;

import java.nio.file.Path;

/** Where files of a log go: a store. */
@FunctionalInterface
public interface Sink {

    /**
     * Keeps a file under a key that nobody else uses, in place of a shorter one; whoever opens it sees all of either. May block for as long
     * as a disk or network does.
     *
     * @throws smew.base.SmewException when it cannot be kept
     */
    void keep(Path file, String key);
}
