package smew.app;

import java.nio.file.Path;
import smew.store.RemoteFiles;

/** A folder, or an address on S3, as it was written. */
record Place(String text) {

    /** A relative folder starts at the given one. */
    String from(Path directory) {
        return RemoteFiles.isRemote(text)
                ? text
                : directory.resolve(Converters.path(text)).normalize().toString();
    }

    // As of Converters.Port.
    @Override
    public String toString() {
        return text;
    }
}
