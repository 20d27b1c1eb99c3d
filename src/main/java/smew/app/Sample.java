package smew.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** The sample project, which the build packs below {@code smew/sample/} together with the list of its files. */
final class Sample {

    private static final String FOLDER = "/smew/sample/";
    private static final String INDEX = FOLDER + "index.txt";

    private Sample() {}

    /** Every file of the sample, relative to the project, with slashes. */
    static List<String> files() {
        try (InputStream in = open(INDEX)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Writes every file, or none when one of them is there already.
     *
     * @return how many files
     */
    static int write(Path directory) {
        List<String> files = files();
        List<Problem> taken = files.stream()
                .filter(file -> Files.exists(directory.resolve(file)))
                .map(file -> new Problem(
                        directory.resolve(file).toString(),
                        "the file exists and would be overwritten. Move it away, or name another folder."))
                .toList();
        if (!taken.isEmpty()) {
            throw SmewException.of(Fault.USAGE, "Writing the sample project into " + directory, taken);
        }
        for (String file : files) {
            copy(file, directory.resolve(file));
        }
        return files.size();
    }

    private static void copy(String file, Path target) {
        try (InputStream in = open(FOLDER + file)) {
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file in a folder"));
            Files.copy(in, target);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Writing " + target + ": " + failed + ". Name a folder that can be written to.",
                    failed);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(
                Sample.class.getResourceAsStream(resource), () -> resource + " is missing from the build");
    }
}
