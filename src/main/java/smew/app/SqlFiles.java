package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.SmewException;

/** SQL files as a person names them on the command line, and those of a project where nobody names any. */
record SqlFiles(Surroundings world, Path project) {

    /** What stands for the text that is piped in. */
    static final String STANDARD_INPUT = "-";

    Path root() {
        return project.resolve("sql");
    }

    /** A file as named, wherever the command was started. */
    Path file(String named) {
        return world.directory().resolve(named).normalize();
    }

    /** The same as messages show it: relative to the project where it lies there. */
    String shown(Path file) {
        return (file.startsWith(project) ? project.relativize(file) : file)
                .toString()
                .replace('\\', '/');
    }

    /**
     * A file of the project.
     *
     * @throws SmewException USAGE where it lies elsewhere or is no SQL file
     */
    Path ofProject(String named) {
        Path file = file(named);
        if (!file.startsWith(root()) || !isSql(file)) {
            throw new SmewException(
                    Fault.USAGE,
                    named + " is no SQL file of the project in " + project + ". Expected a file below " + root()
                            + ", or --project DIR of the project that it belongs to.");
        }
        return file;
    }

    /** Every SQL file of the project. */
    List<Path> all() {
        try (Stream<Path> walk = Files.walk(root())) {
            return walk.filter(Files::isRegularFile)
                    .filter(SqlFiles::isSql)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Listing SQL files: " + root()
                            + " is no readable folder. Give the project's folder with --project DIR.",
                    failed);
        }
    }

    static boolean isSql(Path file) {
        String name = file.getFileName().toString();
        return name.toLowerCase(Locale.ROOT).endsWith(".sql") && !name.startsWith(".");
    }

    byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.NOT_FOUND, "Reading " + file + ": there is no such readable file. Check its path.", failed);
        }
    }

    byte[] standardInput() {
        try {
            return world.in().readAllBytes();
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE, "Reading SQL from standard input: " + failed.getMessage() + ".", failed);
        }
    }
}
