package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The folder that holds sql/. Default: the current folder.")
    Optional<Path> project = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Where releases and the warehouse live. Default: out in the project.")
    Optional<Path> store = Optional.empty();

    @Option(names = "--trace", description = "Adds the stack trace to an error.", fallbackValue = "true")
    boolean trace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the versions of Smew and Java.")
    boolean version;

    Path project(Path directory) {
        return project.map(directory::resolve).orElse(directory).normalize();
    }

    Path store(Path directory) {
        return store.map(directory::resolve)
                .orElseGet(() -> project(directory).resolve("out"))
                .normalize();
    }
}
