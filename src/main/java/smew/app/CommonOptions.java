package smew.app;

import java.nio.file.Path;
import smew.store.StoreSettings;

/** What every command takes. */
final class CommonOptions extends Options {

    final Given<Path> project =
            option(Path.class, "--project", "DIR", "The folder that holds sql/. Default: the current folder.");

    final Given<Place> store = option(
            Place.class,
            "--store",
            "DIR-OR-URI",
            "Where releases live: a folder, or s3://BUCKET/PREFIX. Default: out in the project.");

    final AwsOptions aws = with(new AwsOptions());

    final Flag trace = flag("--trace", "Adds the stack trace to an error.");

    CommonOptions() {
        help("Shows this help.");
        version();
    }

    Path project(Path directory) {
        return project.value().map(directory::resolve).orElse(directory).normalize();
    }

    /** The store, and how S3 is reached. */
    StoreSettings store(Surroundings world) {
        Path directory = world.directory();
        String location = store.value()
                .map(place -> place.from(directory))
                .orElseGet(() -> project(directory).resolve("out").normalize().toString());
        return new StoreSettings(location, aws.aws(), aws.s3(world));
    }
}
