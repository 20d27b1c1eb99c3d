package smew.release;

import java.nio.file.Path;

/** A folder that becomes a release. It hears of its files while they are made, so that a store far away can take them meanwhile. */
public interface ReleaseFolder {

    /** Where the files are written. */
    Path directory();

    /** A file of the folder is being written, from its start to its end. */
    void writing(Path file);

    /** A file of the folder is complete. */
    void written(Path file);

    /** Any folder, which nobody waits for. */
    static ReleaseFolder at(Path directory) {
        return new ReleaseFolder() {
            @Override
            public Path directory() {
                return directory;
            }

            @Override
            public void writing(Path file) {}

            @Override
            public void written(Path file) {}
        };
    }
}
