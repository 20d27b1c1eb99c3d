package smew.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.SmewException;

/** A folder for what a command needs while it runs. */
record Scratch(Path folder) implements AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.app");

    static Scratch open() {
        try {
            return new Scratch(Files.createTempDirectory("smew-"));
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Making a temporary folder: " + failed
                            + ". Free some disk, or name another place with java -Djava.io.tmpdir=DIR -jar smew.jar.",
                    failed);
        }
    }

    /** A folder in it, which exists. */
    Path folder(String name) {
        return made(folder.resolve(name));
    }

    static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException failed) {
            throw failure("Creating " + directory, failed);
        }
    }

    static SmewException failure(String doing, IOException failed) {
        return new SmewException(
                Fault.OUTSIDE, doing + ": the file system refused (" + failed + "). Free some disk.", failed);
    }

    @Override
    public void close() {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            LOG.log(Level.WARNING, "Left behind: " + folder);
        }
    }
}
