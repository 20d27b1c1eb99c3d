package smew.app;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** The sample project, which the build packs below {@code smew/sample/}. */
final class Sample {

    private static final String FOLDER = "smew/sample";

    private Sample() {}

    /**
     * Writes every file, or none when one of them is there already.
     *
     * @return what was written, relative to the project, with slashes
     */
    static List<String> write(Path directory) {
        return read(sample -> {
            List<String> files = files(sample);
            refuseToOverwrite(files, directory);
            files.forEach(file -> copy(sample.resolve(file), directory.resolve(file)));
            return files;
        });
    }

    private static void refuseToOverwrite(List<String> files, Path directory) {
        List<Problem> taken = files.stream()
                .filter(file -> Files.exists(directory.resolve(file)))
                .map(file -> new Problem(
                        directory.resolve(file).toString(),
                        "the file exists and would be overwritten. Move it away, or name another folder."))
                .toList();
        if (!taken.isEmpty()) {
            throw SmewException.of(Fault.USAGE, "Writing the sample project into " + directory, taken);
        }
    }

    private static List<String> files(Path sample) {
        try (Stream<Path> found = Files.walk(sample)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> sample.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw broken(failed);
        }
    }

    private static void copy(Path source, Path target) {
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file in a folder"));
            Files.copy(source, target);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Writing " + target + ": " + failed + ". Name a folder that can be written to.",
                    failed);
        }
    }

    /** Hands over the folder of the sample: inside the JAR, or among the classes of a development build. */
    private static <T> T read(Function<Path, T> work) {
        try {
            Path code = Path.of(Sample.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(code)) {
                return work.apply(code.resolve(FOLDER));
            }
            try (FileSystem jar = FileSystems.newFileSystem(code)) {
                return work.apply(jar.getPath(FOLDER));
            }
        } catch (IOException | URISyntaxException failed) {
            throw broken(failed);
        }
    }

    private static SmewException broken(Exception cause) {
        return new SmewException(Fault.INTERNAL, "The sample project cannot be read from the JAR.", cause);
    }
}
