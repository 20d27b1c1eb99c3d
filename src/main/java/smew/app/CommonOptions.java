package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.store.StoreSettings;

/** What every command takes. */
final class CommonOptions {

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The folder that holds sql/. Default: the current folder.")
    Optional<Path> project = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "DIR-OR-URI",
            description = "Where releases live: a folder, or s3://BUCKET/PREFIX. Default: out in the project.")
    Optional<Converters.Place> store = Optional.empty();

    @Mixin
    final AwsOptions aws = new AwsOptions();

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

    /** The store, and how S3 is reached. */
    StoreSettings store(Surroundings world) {
        Path directory = world.directory();
        String location = store.map(place -> place.from(directory))
                .orElseGet(() -> project(directory).resolve("out").normalize().toString());
        return new StoreSettings(location, aws.aws(), aws.s3(world));
    }
}
