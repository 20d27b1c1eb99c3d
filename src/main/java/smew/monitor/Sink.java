package smew.monitor;

import java.nio.file.Path;

/** Where finished files of a log go: a store. */
@FunctionalInterface
public interface Sink {

    /**
     * Keeps a file under a key that nobody else uses; a reader sees all of it or none. May block for as long as a disk or network
     * does.
     *
     * @throws smew.base.SmewException when it cannot be kept
     */
    void keep(Path file, String key);
}
