package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.sagemaker.Ownership;

/** Whose something on SageMaker is. */
final class OwnerOptions {

    @Option(
            names = "--project-name",
            paramLabel = "NAME",
            description =
                    "Tags what is made on SageMaker, and finds it again. Default: the name of the project's folder.")
    private Optional<String> name = Optional.empty();

    Ownership owner(CommonOptions common, Surroundings world, Optional<String> tags) {
        Path folder =
                common.project(world.directory()).toAbsolutePath().normalize().getFileName();
        return Ownership.of(name.orElse(folder == null ? "project" : folder.toString()), PlaceOptions.tags(tags));
    }
}
