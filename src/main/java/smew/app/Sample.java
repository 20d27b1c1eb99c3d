package smew.app;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import smew.base.Fault;
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
            NewFiles.refuseToOverwrite(files, directory, "the sample project");
            files.forEach(file -> copy(sample.resolve(file), directory.resolve(file)));
            return files;
        });
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
        NewFiles.write(target, () -> Files.copy(source, target));
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
