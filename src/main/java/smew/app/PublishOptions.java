package smew.app;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.app.Engine.PublishRequest;
import smew.publish.Destination;

/** What every kind of publishing takes. */
final class PublishOptions {

    @Option(
            names = "--release",
            paramLabel = "ID",
            description = "The release to publish, as smew releases lists it. Default: the current one.")
    private Optional<String> release = Optional.empty();

    @Option(
            names = "--location",
            paramLabel = "S3-URI",
            description = "Where the store lies for the reader, if it was copied there, such as s3://bucket/prefix."
                    + " Default: the store itself.")
    private Optional<String> location = Optional.empty();

    PublishRequest request(CommonOptions common, Surroundings world, List<String> views, Destination to) {
        return new PublishRequest(common.store(world), release, location, views, to);
    }
}
