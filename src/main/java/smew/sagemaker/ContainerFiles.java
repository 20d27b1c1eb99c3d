package smew.sagemaker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Where things lie in a SageMaker container.
 *
 * @param prefix holds all of them, {@code /opt/ml} in a container
 * @param model the model's files, written by training and read by hosting
 * @param extras what training leaves besides the model
 */
public record ContainerFiles(Path prefix, Path model, Path extras) {

    /** Where SageMaker mounts them. */
    public static final Path STANDARD = Path.of("/opt/ml");

    private static final String CARD = "card.json";
    private static final int FAILURE_CHARACTERS = 1024;

    /** Everything below one folder. */
    public static ContainerFiles below(Path prefix) {
        return new ContainerFiles(prefix, prefix.resolve("model"), prefix.resolve("output/data"));
    }

    /**
     * Those of a training job: below the given folder, else below {@link #STANDARD} but for what {@code SM_MODEL_DIR} and
     * {@code SM_OUTPUT_DATA_DIR} move.
     */
    public static ContainerFiles ofJob(Optional<Path> prefix, Map<String, String> environment) {
        ContainerFiles files = below(prefix.orElse(STANDARD));
        return prefix.isPresent()
                ? files
                : new ContainerFiles(
                        files.prefix,
                        Path.of(environment.getOrDefault("SM_MODEL_DIR", files.model.toString())),
                        Path.of(environment.getOrDefault("SM_OUTPUT_DATA_DIR", files.extras.toString())));
    }

    /**
     * Those of a hosted model, where this process is to host one: a folder was given, or the standard one has a model's
     * folder and nobody named a project or a store.
     *
     * @param named whether a project or a store was
     * @param standard {@link #STANDARD}
     */
    public static Optional<ContainerFiles> ofHost(Optional<Path> prefix, boolean named, Path standard) {
        boolean mounted = !named && Files.isDirectory(standard.resolve("model"));
        return prefix.or(() -> mounted ? Optional.of(standard) : Optional.empty())
                .map(ContainerFiles::below);
    }

    /**
     * Refuses to train where there is no job: nothing may be written there, least of all a folder that looks like a host's.
     *
     * @throws SmewException NOT_FOUND when there is neither {@code input/} nor a variable that names a channel
     */
    public void requireJob(Map<String, String> environment) {
        boolean named = environment.keySet().stream()
                .anyMatch(name -> name.startsWith("SM_CHANNEL_") || name.equals("SM_INPUT_DATA_CONFIG"));
        if (!named && !Files.isDirectory(prefix.resolve("input"))) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Looking for a training job in " + prefix + ": there is no folder input. SageMaker mounts it into a"
                            + " container; elsewhere name a folder that is like it with --prefix.");
        }
    }

    Path hyperParameters() {
        return prefix.resolve("input/config/hyperparameters.json");
    }

    Path channels() {
        return prefix.resolve("input/config/inputdataconfig.json");
    }

    Path hosts() {
        return prefix.resolve("input/config/resourceconfig.json");
    }

    Path data() {
        return prefix.resolve("input/data");
    }

    /**
     * The folder that holds the model's card: that of the model, or the only one in it that does.
     *
     * @throws SmewException NOT_READY when there is none, or more than one
     */
    public Path modelDirectory() {
        if (Files.isRegularFile(model.resolve(CARD))) {
            return model;
        }
        List<Path> nested = folders(model).stream()
                .filter(folder -> Files.isRegularFile(folder.resolve(CARD)))
                .toList();
        if (nested.size() == 1) {
            return nested.getFirst();
        }
        String found = nested.isEmpty() ? "there is no " + CARD : "several folders hold a " + CARD;
        throw new SmewException(
                Fault.NOT_READY,
                "Loading the model of this container from " + model + ": " + found
                        + ". Expected the files of one model, as smew train writes them, there or in one folder.");
    }

    /** Removes what an earlier training left and would speak of this one: its failure, and the card that makes a model. */
    public void clear() {
        try {
            Files.createDirectories(model);
            Files.deleteIfExists(model.resolve(CARD));
            Files.deleteIfExists(failureFile());
        } catch (IOException failed) {
            throw failure("Preparing", model, failed);
        }
    }

    /** Writes why training failed, cut to what SageMaker shows. */
    public void writeFailure(String reason) {
        int cut = Math.min(reason.length(), FAILURE_CHARACTERS);
        boolean halved = cut < reason.length() && Character.isHighSurrogate(reason.charAt(cut - 1));
        write(failureFile(), reason.substring(0, halved ? cut - 1 : cut));
    }

    private Path failureFile() {
        return prefix.resolve("output/failure");
    }

    /** Writes one of the files that training leaves besides the model. */
    public void writeExtra(String name, String text) {
        write(extras.resolve(name), text);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw failure("Writing", file, failed);
        }
    }

    /** The folders in a folder, by name; none where it does not exist. */
    static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException failed) {
            throw failure("Listing", folder, failed);
        }
    }

    static SmewException failure(String doing, Path file, IOException failed) {
        return new SmewException(
                Fault.OUTSIDE,
                doing + " " + file + ": the file system refused (" + failed + "). Check that this user may use it.",
                failed);
    }
}
