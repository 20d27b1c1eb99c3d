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

/**
 * A folder for what a command needs while it runs.
 *
 * @param kept whether it stays afterwards
 */
record Scratch(Path folder, boolean kept) implements AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.app");

    static Scratch open() {
        try {
            return new Scratch(Files.createTempDirectory("smew-"), false);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Making a temporary folder: " + failed
                            + ". Free some disk, or name another place with java -Djava.io.tmpdir=DIR -jar smew.jar.",
                    failed);
        }
    }

    /**
     * A folder that stays.
     *
     * @throws SmewException USAGE where something is in it already
     */
    static Scratch kept(Path folder) {
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new SmewException(
                        Fault.USAGE,
                        "Keeping what is made in " + folder + ": it exists and is no empty folder. Name another one.");
            }
            return new Scratch(Files.createDirectories(folder), true);
        } catch (IOException failed) {
            throw failure("Creating " + folder, failed);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
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
        if (kept) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            LOG.log(Level.WARNING, "Left behind: " + folder);
        }
    }
}
