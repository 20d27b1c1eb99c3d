package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** Files of a project that are written where none are. */
final class NewFiles {

    private NewFiles() {}

    /** Makes one file. */
    @FunctionalInterface
    interface Writing {
        Object run() throws IOException;
    }

    /**
     * Refuses before anything is written.
     *
     * @param files relative to the directory, with slashes
     * @throws SmewException USAGE with all that exist
     */
    static void refuseToOverwrite(List<String> files, Path directory, String what) {
        List<Problem> taken = files.stream()
                .filter(file -> Files.exists(directory.resolve(file)))
                .map(file -> new Problem(
                        directory.resolve(file).toString(),
                        "the file exists and would be overwritten. Move it away, or name another folder."))
                .toList();
        if (!taken.isEmpty()) {
            throw SmewException.of(Fault.USAGE, "Writing " + what + " into " + directory, taken);
        }
    }

    /** Makes a file and the folders above it. */
    static void write(Path target, Writing writing) {
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file in a folder"));
            writing.run();
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Writing " + target + ": " + failed + ". Name a folder that can be written to.",
                    failed);
        }
    }
}
